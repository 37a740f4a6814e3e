    'row', to_jsonb(r) - 'workspace_id')
FROM wanted w JOIN objects r ON r.workspace_id = $1 AND r.id = w.id
ORDER BY r.id
