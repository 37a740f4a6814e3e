-- A person as REST shows it, as far as plain columns and names go.
SELECT json_build_object('id', 'per_' || p.id, 'firstName', p.first_name, 'lastName', p.last_name, 'fullName', p.full_name,
    'description', p.description, 'birthday', p.birthday, 'jobTitle', p.job_title, 'addresses', p.addresses, 'emails', p.emails,
    'phones', p.phones, 'urls', p.urls,
    'groups', (SELECT json_agg(json_build_object('id', 'grp_' || g.id, 'name', g.name) ORDER BY m.position)
        FROM person_memberships m JOIN groups g ON g.workspace_id = p.workspace_id AND g.id = m.group_id
        WHERE m.workspace_id = p.workspace_id AND m.person_id = p.id),
    'companies', (SELECT json_agg(json_build_object('id', 'com_' || c.id, 'name', c.name) ORDER BY l.position)
        FROM person_companies l JOIN companies c ON c.workspace_id = p.workspace_id AND c.id = l.company_id
        WHERE l.workspace_id = p.workspace_id AND l.person_id = p.id))::text
FROM people p WHERE p.workspace_id = $1::text::uuid AND p.id = $2::text::uuid
