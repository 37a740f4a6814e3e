-- The people of the workspace $1 whose ids $2 lists.
WITH wanted AS MATERIALIZED (
    SELECT p.id FROM people p
    WHERE p.workspace_id = $1 AND p.id IN (SELECT value::uuid FROM jsonb_array_elements_text($2::jsonb))
)
