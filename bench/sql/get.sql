\set ms {epoch} + {people_begin} + random(1, {people}) * {step}
