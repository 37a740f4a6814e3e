-- The people that `wanted` lists of the workspace $1, each with all that is shown of it, beside the version of the
-- definitions by which to read it.
SELECT json_build_object(
    'definitions_version', (SELECT version FROM definition_versions v WHERE v.workspace_id = $1),
    'row', to_jsonb(p) - 'workspace_id' - 'email_keys',
    'companies', coalesce((
        SELECT json_agg(json_build_object('id', c.id, 'name', c.name) ORDER BY pc.position)
        FROM person_companies pc JOIN companies c ON c.workspace_id = $1 AND c.id = pc.company_id
        WHERE pc.workspace_id = $1 AND pc.person_id = p.id), '[]'),
    'memberships', coalesce((
        SELECT json_agg(json_build_object('group_id', m.group_id, 'values', m."values") ORDER BY m.position)
        FROM person_memberships m WHERE m.workspace_id = $1 AND m.person_id = p.id), '[]'),
    'references', coalesce((
        SELECT json_agg(json_build_object(
            'field_id', r.field_id, 'target_person_id', r.target_person_id, 'target_company_id', r.target_company_id,
            'target_user_id', r.target_user_id, 'target_object_id', r.target_object_id,
            'name', coalesce(
                (SELECT t.full_name FROM people t WHERE t.workspace_id = $1 AND t.id = r.target_person_id),
                (SELECT t.name FROM companies t WHERE t.workspace_id = $1 AND t.id = r.target_company_id),
                (SELECT t.name FROM objects t WHERE t.workspace_id = $1 AND t.id = r.target_object_id),
                '')) ORDER BY r.position)
        FROM person_references r WHERE r.workspace_id = $1 AND r.person_id = p.id), '[]'),
    'interactions', coalesce((
        SELECT json_agg(json_build_object('user_id', i.user_id, 'count', i.count, 'last_at', i.last_at))
        FROM person_interaction_counts i WHERE i.workspace_id = $1 AND i.person_id = p.id), '[]'))
FROM wanted w JOIN people p ON p.workspace_id = $1 AND p.id = w.id
ORDER BY p.id
