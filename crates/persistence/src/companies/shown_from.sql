    'row', to_jsonb(r) - 'workspace_id' - 'email_keys' - 'name_key'
        || jsonb_build_object('funding_raised', r.funding_raised::text))
FROM wanted w JOIN companies r ON r.workspace_id = $1 AND r.id = w.id
ORDER BY r.id
