    UNION
    SELECT 'objects', 'group_id', o.id, 'other_group'
    FROM wanted w JOIN objects o ON o.workspace_id = $1 AND o.id = w.id
    JOIN object_types t ON t.workspace_id = $1 AND t.id = o.object_type_id WHERE t.group_id <> o.group_id
    UNION
    SELECT 'object_people', 'group_id', o.id, 'other_group'
    FROM wanted w JOIN objects o ON o.workspace_id = $1 AND o.id = w.id
    JOIN object_people l ON l.workspace_id = $1 AND l.object_id = o.id WHERE l.group_id <> o.group_id
    UNION
    SELECT 'object_companies', 'group_id', o.id, 'other_group'
    FROM wanted w JOIN objects o ON o.workspace_id = $1 AND o.id = w.id
    JOIN object_companies l ON l.workspace_id = $1 AND l.object_id = o.id WHERE l.group_id <> o.group_id
