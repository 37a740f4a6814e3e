-- The objects that `wanted` lists of the workspace $1, each with all that is shown of it, beside the version of the
-- definitions by which to read it.
SELECT json_build_object(
    'definitions_version', (SELECT version FROM definition_versions v WHERE v.workspace_id = $1),
    'people', coalesce((
        SELECT json_agg(json_build_object('id', p.id, 'name', p.full_name) ORDER BY l.position)
        FROM object_people l JOIN people p ON p.workspace_id = $1 AND p.id = l.person_id
        WHERE l.workspace_id = $1 AND l.object_id = r.id), '[]'),
    'companies', coalesce((
        SELECT json_agg(json_build_object('id', c.id, 'name', c.name) ORDER BY l.position)
        FROM object_companies l JOIN companies c ON c.workspace_id = $1 AND c.id = l.company_id
        WHERE l.workspace_id = $1 AND l.object_id = r.id), '[]'),
