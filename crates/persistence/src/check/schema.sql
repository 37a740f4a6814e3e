-- What the schema does not enforce. $1 and $2 are not looked at.
SELECT json_build_object('table', f."table", 'column', NULL, 'id', f.name, 'rule', f.rule)
FROM (
    SELECT k.conrelid::regclass::text, k.conname::text, 'constraint_not_valid'
    FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
    WHERE NOT k.convalidated AND pg_table_is_visible(t.oid)
    UNION ALL
    SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, 'index_not_valid'
    FROM pg_index i
    WHERE NOT (i.indisvalid AND i.indisready AND i.indislive) AND pg_table_is_visible(i.indrelid)
    UNION ALL
    SELECT t.tgrelid::regclass::text, coalesce(k.conname::text, t.tgname::text), 'trigger_disabled'
    FROM pg_trigger t LEFT JOIN pg_constraint k ON k.oid = t.tgconstraint
    WHERE t.tgenabled NOT IN ('O', 'A') AND pg_table_is_visible(t.tgrelid)
    GROUP BY 1, 2
    UNION ALL
    SELECT c.oid::regclass::text, c.relname::text, 'row_security_disabled'
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
    WHERE c.relkind IN ('r', 'p') AND pg_table_is_visible(c.oid) AND NOT c.relrowsecurity
        -- It is read before a workspace is known.
        AND c.relname <> 'api_keys'
) AS f ("table", name, rule)
WHERE $1::uuid IS NOT NULL AND $2::jsonb IS NOT NULL
