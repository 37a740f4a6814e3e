-- What breaks a rule in the workspace $1, beside what its records hold; $2 is how much of that to tell at most.
WITH records AS NOT MATERIALIZED (
    SELECT 'person' AS entity_type, id FROM people WHERE workspace_id = $1
    UNION ALL SELECT 'company', id FROM companies WHERE workspace_id = $1
    UNION ALL SELECT 'object', id FROM objects WHERE workspace_id = $1
),
told AS (
    SELECT c.entity_type, c.entity_id AS id, bool_or(c.payload IS NOT NULL) AS has_payload,
        (array_agg(c.operation ORDER BY c.sequence DESC))[1] AS last, bool_or(c.operation = 'delete') AS deleted
    FROM changes c WHERE c.workspace_id = $1 GROUP BY 1, 2
)
SELECT json_build_object('table', f."table", 'column', f."column", 'id', f.id, 'rule', f.rule)
FROM (
    SELECT 'definition_versions', NULL, w.id, 'no_definition_version' FROM workspaces w
    WHERE w.id = $1 AND NOT EXISTS (SELECT FROM definition_versions v WHERE v.workspace_id = $1)
    UNION ALL
    SELECT 'api_keys', 'user_id', k.id, 'dangling_reference' FROM api_keys k
    WHERE k.workspace_id = $1 AND NOT EXISTS (SELECT FROM users u WHERE u.workspace_id = $1 AND u.id = k.user_id)
    UNION ALL
    SELECT 'groups', 'position', g.id, 'position_taken'
    FROM (SELECT id, count(*) OVER (PARTITION BY position) AS here FROM groups WHERE workspace_id = $1) g
    WHERE g.here > 1
    UNION ALL
    SELECT 'custom_fields', 'position', f.id, 'position_taken' FROM (
        SELECT id, count(*) OVER (PARTITION BY group_id, entity_type, object_type_id, position) AS here
        FROM custom_fields WHERE workspace_id = $1) f
    WHERE f.here > 1
    UNION ALL
    SELECT 'custom_field_options', 'position', o.id, 'position_taken' FROM (
        SELECT id, count(*) OVER (PARTITION BY field_id, position) AS here
        FROM custom_field_options WHERE workspace_id = $1) o
    WHERE o.here > 1
    UNION ALL
    SELECT 'changes', 'entity_id', t.id, 'gone_without_delete'
    FROM told t LEFT JOIN records r USING (entity_type, id) WHERE r.id IS NULL AND NOT t.deleted
    UNION ALL
    SELECT 'changes', 'payload', t.id, 'told_after_delete'
    FROM told t WHERE t.deleted AND (t.has_payload OR t.last <> 'delete')
    UNION ALL
    SELECT 'changes', 'entity_id', t.id, 'told_after_delete'
    FROM told t JOIN records r USING (entity_type, id) WHERE t.last = 'delete'
    UNION ALL
    SELECT DISTINCT 'changes', 'actor_id', c.entity_id, 'dangling_reference' FROM changes c
    WHERE c.workspace_id = $1 AND NOT EXISTS (SELECT FROM users u WHERE u.workspace_id = $1 AND u.id = c.actor_id)
    UNION ALL
    SELECT DISTINCT 'remembered_requests', 'answer', shown.id, 'answer_shows_deleted'
    FROM remembered_requests q CROSS JOIN unnest(q.record_ids) AS shown (id)
    WHERE q.workspace_id = $1 AND q.answer IS NOT NULL AND NOT EXISTS (SELECT FROM records r WHERE r.id = shown.id)
) AS f ("table", "column", id, rule)
LIMIT ($2::jsonb)::bigint
