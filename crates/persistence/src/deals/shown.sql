-- The objects that `wanted` lists of the workspace $1, each with all that is shown of it, beside the version of the
-- definitions by which to read it.
SELECT (SELECT version FROM definition_versions v WHERE v.workspace_id = $1),
    r.id, r.group_id, r.object_type_id, r.name, r.created_at, r.created_by, r.updated_at, r.version, r."values"::json,
    coalesce((SELECT json_agg(json_build_array(p.id, p.full_name) ORDER BY l.position)
        FROM object_people l JOIN people p ON p.workspace_id = $1 AND p.id = l.person_id
        WHERE l.workspace_id = $1 AND l.object_id = r.id), '[]'),
    coalesce((SELECT json_agg(json_build_array(c.id, c.name) ORDER BY l.position)
        FROM object_companies l JOIN companies c ON c.workspace_id = $1 AND c.id = l.company_id
        WHERE l.workspace_id = $1 AND l.object_id = r.id), '[]'),
