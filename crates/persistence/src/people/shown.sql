-- The people that `wanted` lists of the workspace $1, each with all that is shown of it, beside the version of the
-- definitions by which to read it.
SELECT (SELECT version FROM definition_versions v WHERE v.workspace_id = $1),
    r.id, r.first_name, r.last_name, r.full_name, r.full_name_given, r.description, r.birthday, r.job_title,
    r.addresses, r.emails, r.phones, r.urls, r.created_at, r.created_by, r.updated_at, r.version,
    coalesce((SELECT json_agg(json_build_array(c.id, c.name) ORDER BY l.position)
        FROM person_companies l JOIN companies c ON c.workspace_id = $1 AND c.id = l.company_id
        WHERE l.workspace_id = $1 AND l.person_id = r.id), '[]'),
    coalesce((SELECT json_agg(json_build_array(i.user_id, i.count, i.last_at))
        FROM person_interaction_counts i WHERE i.workspace_id = $1 AND i.person_id = r.id), '[]'),
