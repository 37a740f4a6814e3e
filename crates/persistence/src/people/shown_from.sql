    'interactions', coalesce((
        SELECT json_agg(json_build_object('user_id', i.user_id, 'count', i.count, 'last_at', i.last_at))
        FROM person_interaction_counts i WHERE i.workspace_id = $1 AND i.person_id = r.id), '[]'))
FROM wanted w JOIN people r ON r.workspace_id = $1 AND r.id = w.id
ORDER BY r.id
