\set ms {epoch} + {people_begin} + random(0, {pages} - 1) * {page} * {step}
