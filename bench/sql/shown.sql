SELECT p.id, p.first_name, p.last_name, p.full_name, p.full_name_given, p.description, p.birthday, p.job_title, p.addresses,
    p.emails, p.phones, p.urls, p.created_at, p.created_by, p.updated_at, p.version,
    (SELECT json_agg(json_build_array(c.id, c.name) ORDER BY l.position)
        FROM person_companies l JOIN companies c ON c.workspace_id = uuid '{workspace}' AND c.id = l.company_id
        WHERE l.workspace_id = uuid '{workspace}' AND l.person_id = p.id),
    (SELECT json_agg(json_build_array(m.group_id, m."values") ORDER BY m.position)
        FROM person_memberships m WHERE m.workspace_id = uuid '{workspace}' AND m.person_id = p.id),
    (SELECT json_agg(json_build_array(l.field_id, l.target_person_id, l.target_company_id, l.target_user_id, l.target_object_id,
            CASE
                WHEN l.target_person_id IS NOT NULL THEN (SELECT t.full_name FROM people t
                    WHERE t.workspace_id = uuid '{workspace}' AND t.id = l.target_person_id)
                WHEN l.target_company_id IS NOT NULL THEN (SELECT t.name FROM companies t
                    WHERE t.workspace_id = uuid '{workspace}' AND t.id = l.target_company_id)
                WHEN l.target_object_id IS NOT NULL THEN (SELECT t.name FROM objects t
                    WHERE t.workspace_id = uuid '{workspace}' AND t.id = l.target_object_id)
            END) ORDER BY l.position)
        FROM person_references l WHERE l.workspace_id = uuid '{workspace}' AND l.person_id = p.id),
    (SELECT json_agg(json_build_array(i.user_id, i.count, i.last_at))
        FROM person_interaction_counts i WHERE i.workspace_id = uuid '{workspace}' AND i.person_id = p.id)
FROM people p
