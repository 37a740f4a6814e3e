-- The last part of writing a company.
, logged AS (
    INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation, payload)
    SELECT $1, input.now, input.actor, 'company', accepted.id, document ->> 'operation', document -> 'payload'
    FROM input, accepted
)
SELECT json_build_object(
    'current', EXISTS (SELECT FROM current),
    'missing', coalesce((SELECT json_agg(m) FROM missing m), '[]'),
    'names', coalesce((
        SELECT json_agg(json_build_object('kind', k.kind, 'id', k.id, 'name', k.name)) FROM known k), '[]'),
    'written', EXISTS (SELECT FROM accepted),
    'same_name', (
        SELECT c.id FROM companies c, input
        WHERE c.workspace_id = $1 AND c.name_key = decode(document ->> 'name_key', 'hex')))
