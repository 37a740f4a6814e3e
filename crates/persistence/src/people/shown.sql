-- The people that `wanted` lists of the workspace $1, each with all that is shown of it, beside the version of the
-- definitions by which to read it.
SELECT json_build_object(
    'definitions_version', (SELECT version FROM definition_versions v WHERE v.workspace_id = $1),
    'row', to_jsonb(r) - 'workspace_id' - 'email_keys',
    'companies', coalesce((
        SELECT json_agg(json_build_object('id', c.id, 'name', c.name) ORDER BY pc.position)
        FROM person_companies pc JOIN companies c ON c.workspace_id = $1 AND c.id = pc.company_id
        WHERE pc.workspace_id = $1 AND pc.person_id = r.id), '[]'),
