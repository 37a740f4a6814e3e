-- The last part of writing people: what was found on the way.
SELECT json_build_object(
    'current', EXISTS (SELECT FROM current),
    'missing', coalesce((SELECT json_agg(m) FROM missing m), '[]'),
    'names', coalesce((
        SELECT json_agg(json_build_object('kind', k.kind, 'id', k.id, 'name', k.name)) FROM known k), '[]'),
    'companies', coalesce((
        SELECT json_agg(json_build_object(
            'person_id', l.person_id, 'id', l.id, 'name', l.name, 'is_new', coalesce(l.is_new, false))
            ORDER BY l.person_id, l.position)
        FROM companies_linked l), '[]'))
