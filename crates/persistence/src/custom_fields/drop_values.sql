-- Takes the values of a field out of all that have one.
WITH dropped AS (
    UPDATE {table} r SET "values" = r."values" - ($2::jsonb ->> 'field_id')
    WHERE r.workspace_id = $1 AND r.{owner} = ($2 ->> 'of')::uuid AND r."values" ? ($2 ->> 'field_id')
    RETURNING 1
)
SELECT to_json(count(*)) FROM dropped
