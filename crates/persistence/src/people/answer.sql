-- The last part of writing people: what was found or made on the way.
SELECT json_build_object(
    'current', EXISTS (SELECT FROM current),
    'found', coalesce((SELECT json_agg(json_build_array(k.number, k.id, k.name)) FROM known k), '[]'))
