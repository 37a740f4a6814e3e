-- Everything that a workspace has defined, as one document, of one snapshot. $2 is not looked at.
SELECT json_build_object(
    'version', v.version,
    'page_token_key', (SELECT encode(w.page_token_key, 'hex') FROM workspaces w WHERE w.id = v.workspace_id),
    'users', coalesce((
        SELECT json_agg(json_build_object(
            'id', u.id, 'full_name', u.full_name, 'email', u.email, 'deactivated_at', u.deactivated_at) ORDER BY u.id)
        FROM users u WHERE u.workspace_id = v.workspace_id), '[]'),
    'groups', coalesce((
        SELECT json_agg(json_build_object('id', g.id, 'name', g.name) ORDER BY g.position, g.id)
        FROM groups g WHERE g.workspace_id = v.workspace_id), '[]'),
    'object_types', coalesce((
        SELECT json_agg(json_build_object('id', t.id, 'group_id', t.group_id, 'name', t.name) ORDER BY t.name)
        FROM object_types t WHERE t.workspace_id = v.workspace_id), '[]'),
    'fields', coalesce((
        SELECT json_agg(json_build_object(
            'id', f.id, 'group_id', f.group_id, 'entity_type', f.entity_type, 'object_type_id', f.object_type_id,
            'name', f.name, 'field_type', f.field_type, 'numeric_format', f.numeric_format, 'currency', f.currency,
            'target_object_type_id', f.target_object_type_id,
            'former_names', coalesce((
                SELECT json_agg(a.name ORDER BY a.name) FROM custom_field_aliases a
                WHERE a.workspace_id = f.workspace_id AND a.field_id = f.id), '[]'),
            'options', coalesce((
                SELECT json_agg(json_build_object(
                    'id', o.id, 'label', o.label, 'color', o.color,
                    'former_labels', coalesce((
                        SELECT json_agg(b.label ORDER BY b.label) FROM custom_field_option_aliases b
                        WHERE b.workspace_id = o.workspace_id AND b.option_id = o.id), '[]'))
                    ORDER BY o.position, o.id)
                FROM custom_field_options o WHERE o.workspace_id = f.workspace_id AND o.field_id = f.id), '[]'))
            ORDER BY f.position, f.id)
        FROM custom_fields f WHERE f.workspace_id = v.workspace_id), '[]'))
FROM definition_versions v WHERE v.workspace_id = $1 AND $2::jsonb IS NOT NULL
