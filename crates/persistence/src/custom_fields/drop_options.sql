-- Takes options of a field out of the values that name them. A value that names no other is unset.
WITH dropped AS (
    UPDATE {table} r SET "values" = CASE
        WHEN r."values" -> ($2::jsonb ->> 'field_id') <@ ($2 -> 'options') THEN r."values" - ($2 ->> 'field_id')
        ELSE jsonb_set(r."values", ARRAY[$2 ->> 'field_id'], (
            SELECT jsonb_agg(option.id ORDER BY option.place)
            FROM jsonb_array_elements(r."values" -> ($2 ->> 'field_id')) WITH ORDINALITY AS option (id, place)
            WHERE NOT $2 -> 'options' @> option.id))
        END
    WHERE r.workspace_id = $1 AND r.{owner} = ($2 ->> 'of')::uuid AND EXISTS (
        SELECT FROM jsonb_array_elements($2 -> 'options') AS option (id)
        WHERE r."values" -> ($2 ->> 'field_id') @> option.id)
    RETURNING 1
)
SELECT to_json(count(*)) FROM dropped
