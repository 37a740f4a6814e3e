-- What breaks a rule in a page of records, which `wanted` lists. `given` are their custom values and `links` their links in
-- custom fields, each with the field that it is of, if there is one for its group and, of objects, for its kind.
, fields AS MATERIALIZED (
    SELECT f.id, f.id::text AS key, f.group_id, f.object_type_id, f.field_type, f.target_object_type_id
    FROM custom_fields f WHERE f.workspace_id = $1 AND f.entity_type = '{record}'
),
options AS MATERIALIZED (
    SELECT o.field_id::text AS key, o.id::text AS id FROM custom_field_options o WHERE o.workspace_id = $1
),
given AS MATERIALIZED (
    SELECT d.id, f.field_type, v.key, v.value
    FROM ({record_values}) AS d (id, group_id, object_type_id, document)
    -- What is no object is found when it is read.
    CROSS JOIN jsonb_each(CASE jsonb_typeof(d.document) WHEN 'object' THEN d.document ELSE '{}' END) AS v
    LEFT JOIN fields f ON f.key = v.key AND f.group_id = d.group_id
        AND f.object_type_id IS NOT DISTINCT FROM d.object_type_id
),
links AS MATERIALIZED (
    SELECT l.id, f.id AS field_id, f.target_object_type_id, l.target_object_id
    FROM ({record_links}) AS l (id, group_id, object_type_id, field_id, target_object_id)
    LEFT JOIN fields f ON f.id = l.field_id AND f.group_id = l.group_id
        AND f.object_type_id IS NOT DISTINCT FROM l.object_type_id
),
told AS MATERIALIZED (
    SELECT c.entity_id AS id, bool_or(c.operation = 'create') AS made,
        1 + count(*) FILTER (WHERE c.operation = 'update' AND c.payload IS NOT NULL) AS version,
        (array_agg(c.occurred_at ORDER BY c.sequence DESC))[1] AS last_at
    FROM wanted w JOIN changes c ON c.workspace_id = $1 AND c.entity_type = '{record}' AND c.entity_id = w.id
    GROUP BY 1
)
SELECT json_build_object('table', f."table", 'column', f."column", 'id', f.id, 'rule', f.rule)
FROM (
    SELECT '{values_table}', 'values', id, 'value_without_field' FROM given WHERE field_type IS NULL
    UNION
    SELECT '{values_table}', 'values', id, 'value_in_wrong_place' FROM given
    WHERE field_type IN ('contactField', 'userField', 'objectField')
    UNION
    SELECT '{values_table}', 'values', g.id, 'unknown_option'
    FROM given g CROSS JOIN jsonb_array_elements_text(
        CASE jsonb_typeof(g.value) WHEN 'array' THEN g.value ELSE jsonb_build_array(g.value) END) AS chosen (id)
    WHERE g.field_type IN ('singleSelect', 'multipleSelect')
        AND NOT EXISTS (SELECT FROM options o WHERE o.key = g.key AND o.id = lower(chosen.id))
    UNION
    SELECT '{record}_references', 'field_id', id, 'link_without_field' FROM links WHERE field_id IS NULL
    UNION
    SELECT '{record}_references', 'target_object_id', l.id, 'link_to_other_kind'
    FROM links l JOIN objects o ON o.workspace_id = $1 AND o.id = l.target_object_id
    WHERE l.field_id IS NOT NULL AND o.object_type_id IS DISTINCT FROM l.target_object_type_id
    UNION
    SELECT '{table}', 'id', w.id, 'no_create_entry'
    FROM wanted w LEFT JOIN told t USING (id) WHERE t.made IS NOT TRUE
    UNION
    SELECT '{table}', 'version', r.id, 'version_unlike_log'
    FROM told t JOIN {table} r ON r.workspace_id = $1 AND r.id = t.id WHERE t.made AND r.version <> t.version
    UNION
    SELECT '{table}', 'updated_at', r.id, 'updated_unlike_log'
    FROM told t JOIN {table} r ON r.workspace_id = $1 AND r.id = t.id WHERE t.made AND r.updated_at <> t.last_at
{more}
) AS f ("table", "column", id, rule)
