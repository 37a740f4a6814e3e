-- For each foreign key a query for what breaks it. The row is told by the first column of its primary key after the
-- workspace, which is a record's id; the rest of a key may be a text of somebody's.
SELECT k.child, k.own AS "column", format(
    'SELECT DISTINCT c.%I AS id FROM %s c WHERE c.workspace_id = $1 AND %s AND NOT EXISTS (SELECT FROM %s p WHERE %s) LIMIT $2',
    k.key, k.child, k.given, k.parent, k.equal) AS sql
FROM (
    SELECT f.conrelid::regclass::text AS child, f.confrelid::regclass::text AS parent,
        (SELECT a.attname::text FROM pg_attribute a
         WHERE a.attrelid = f.conrelid AND a.attnum = f.conkey[cardinality(f.conkey)]) AS own,
        (SELECT a.attname::text FROM pg_constraint pk CROSS JOIN unnest(pk.conkey) WITH ORDINALITY AS n (attnum, place)
         JOIN pg_attribute a ON a.attrelid = pk.conrelid AND a.attnum = n.attnum
         WHERE pk.conrelid = f.conrelid AND pk.contype = 'p'
         ORDER BY a.attname = 'workspace_id', n.place LIMIT 1) AS key,
        (SELECT string_agg(format('c.%I IS NOT NULL', a.attname), ' AND ') FROM unnest(f.conkey) AS n (attnum)
         JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = n.attnum) AS given,
        (SELECT string_agg(format('p.%I = c.%I', b.attname, a.attname), ' AND ')
         FROM unnest(f.conkey, f.confkey) AS n (own, other)
         JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = n.own
         JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = n.other) AS equal
    FROM pg_constraint f WHERE f.contype = 'f' AND pg_table_is_visible(f.conrelid)
) AS k
ORDER BY k.child, k.own
