-- What was found, without writing anything.
SELECT json_build_object(
    'current', EXISTS (SELECT FROM current),
    'missing', coalesce((SELECT json_agg(m) FROM missing m), '[]'),
    'names', coalesce((
        SELECT json_agg(json_build_object('kind', k.kind, 'id', k.id, 'name', k.name)) FROM known k), '[]'))
