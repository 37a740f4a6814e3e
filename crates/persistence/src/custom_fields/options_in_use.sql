-- Which options of a field some value names. {table} and {owner} are the table of the values and its column of those
-- that the field is defined for.
SELECT coalesce(json_agg(DISTINCT used.id), '[]') FROM (
    SELECT option.id::uuid AS id
    FROM {table} r, jsonb_array_elements_text(
        CASE jsonb_typeof(r."values" -> ($2::jsonb ->> 'field_id'))
            WHEN 'array' THEN r."values" -> ($2 ->> 'field_id')
            ELSE jsonb_build_array(r."values" -> ($2 ->> 'field_id'))
        END) AS option (id)
    WHERE r.workspace_id = $1 AND r.{owner} = ($2 ->> 'of')::uuid AND r."values" ? ($2 ->> 'field_id')
        AND option.id = ANY (ARRAY(SELECT jsonb_array_elements_text($2 -> 'options')))
) AS used
