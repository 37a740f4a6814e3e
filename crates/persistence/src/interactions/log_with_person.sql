-- Logs an interaction with a person of the workspace $1 as the document $2 says, and counts it.
WITH found AS MATERIALIZED (
    SELECT i.*, r.full_name AS name FROM people r
    JOIN jsonb_to_record($2::jsonb) AS i (id uuid, user_id uuid, entity_id uuid, occurred_at timestamptz, title text,
        content text, type text, now timestamptz, store boolean) ON r.id = i.entity_id
    WHERE r.workspace_id = $1
),
logged AS (
    INSERT INTO interactions (workspace_id, id, user_id, person_id, occurred_at, title, content, type, created_at)
    SELECT $1, id, user_id, entity_id, occurred_at, title, content, type, now FROM found WHERE store
),
counted AS (
    INSERT INTO person_interaction_counts AS c (workspace_id, person_id, user_id, count, last_at)
    SELECT $1, entity_id, user_id, 1, occurred_at FROM found WHERE store
    ON CONFLICT (workspace_id, person_id, user_id)
        DO UPDATE SET count = c.count + 1, last_at = greatest(c.last_at, excluded.last_at)
)
SELECT to_json(name) FROM found
