-- The second part of making companies by name. In the order of the keys, so that two that make the same companies wait for
-- each other in the same order; the slower one finds those of the faster one made.
, given AS MATERIALIZED (
    SELECT c.id, c.name, decode(c.name_key, 'hex') AS name_key
    FROM input, current, jsonb_to_recordset(document -> 'companies') AS c (id uuid, name text, name_key text)
),
made AS (
    INSERT INTO companies (workspace_id, id, name, name_key, created_at, created_by, updated_at)
    SELECT $1, given.id, given.name, given.name_key, input.now, input.actor, input.now
    FROM input, given ORDER BY given.name_key
    ON CONFLICT (workspace_id, name_key) DO NOTHING
    RETURNING id
),
logged AS (
    INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation)
    SELECT $1, input.now, input.actor, 'company', made.id, 'create' FROM input, made
)
SELECT to_json(count(*)) FROM made
