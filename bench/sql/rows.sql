-- How many rows belong to a person.
SELECT (SELECT count(*) FROM person_memberships WHERE workspace_id = p.workspace_id AND person_id = p.id),
    (SELECT count(*) FROM person_references WHERE workspace_id = p.workspace_id AND person_id = p.id),
    (SELECT count(*) FROM changes WHERE workspace_id = p.workspace_id AND entity_type = 'person' AND entity_id = p.id)
FROM people p WHERE p.workspace_id = bench.id(0, 0) AND p.id = $1::text::uuid
