-- The last part of writing a company.
, logged AS (
    INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation, payload)
    SELECT $1, now, actor, 'company', written.id, document ->> 'operation', document -> 'payload' FROM accepted, written
)
SELECT json_build_object(
    'current', EXISTS (SELECT FROM current),
    'found', coalesce((SELECT json_agg(json_build_array(f.number, f.id, f.name)) FROM found f WHERE f.id IS NOT NULL), '[]'),
    'written', EXISTS (SELECT FROM written),
    'same_name', (
        SELECT c.id FROM companies c, input
        WHERE c.workspace_id = $1 AND c.name_key = decode(document ->> 'name_key', 'hex')))
