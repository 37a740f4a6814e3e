-- Deletes the person that $2 names, who is locked, from the workspace $1, and what is remembered of it.
WITH input AS MATERIALIZED (
    SELECT * FROM jsonb_to_record($2::jsonb) AS i (id uuid, version bigint, actor uuid, now timestamptz)
),
found AS MATERIALIZED (
    SELECT p.id, p.version FROM people p, input
    WHERE p.workspace_id = $1 AND p.id = input.id
),
gone AS (
    DELETE FROM people p USING found, input
    WHERE p.workspace_id = $1 AND p.id = found.id AND found.version = coalesce(input.version, found.version)
    RETURNING p.id
),
changes_erased AS (
    UPDATE changes c SET payload = NULL FROM gone
    WHERE c.workspace_id = $1 AND c.entity_type = 'person' AND c.entity_id = gone.id AND c.payload IS NOT NULL
),
answers_erased AS (
    UPDATE remembered_requests r SET answer = NULL FROM gone
    WHERE r.workspace_id = $1 AND r.record_ids @> ARRAY[gone.id]
),
logged AS (
    INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation)
    SELECT $1, input.now, input.actor, 'person', gone.id, 'delete' FROM gone, input
)
SELECT json_build_object('found', (SELECT version FROM found), 'gone', EXISTS (SELECT FROM gone))
