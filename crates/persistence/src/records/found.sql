-- The last part of writing records: what was found on the way.
SELECT json_build_object(
    'current', EXISTS (SELECT FROM current),
    'found', coalesce((SELECT json_agg(json_build_array(f.number, f.id, f.name)) FROM found f WHERE f.id IS NOT NULL), '[]'))
