WHERE p.workspace_id = uuid '{workspace}' AND p.id > ('0' || to_hex(:ms::bigint) || '70008000000000000000')::uuid
ORDER BY p.id LIMIT {page};
