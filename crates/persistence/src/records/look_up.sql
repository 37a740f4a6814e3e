-- The second part of writing records: what they refer to, each once and by a number. A scope is the object type that an
-- object must have, or the group that a person or company must be in. One by one (LATERAL): a join with a list of unknown
-- length may go through the whole table.
, found AS MATERIALIZED (
    SELECT a.number, a.name_key, a.new_id, a.new_name, f.id, f.name
    FROM input, jsonb_to_recordset(document -> 'lookups')
        AS a (number integer, kind text, id uuid, scope_id uuid, name_key text, new_id uuid, new_name text)
    LEFT JOIN LATERAL (
        (SELECT p.id, p.full_name AS name FROM people p
            WHERE a.kind = 'person' AND p.workspace_id = $1 AND p.id = a.id
                AND (a.scope_id IS NULL OR EXISTS (SELECT FROM person_memberships m
                    WHERE m.workspace_id = $1 AND m.person_id = a.id AND m.group_id = a.scope_id))
            LIMIT 1)
        UNION ALL
        (SELECT c.id, c.name FROM companies c
            WHERE a.kind = 'company' AND c.workspace_id = $1 AND c.id = a.id
                AND (a.scope_id IS NULL OR EXISTS (SELECT FROM company_memberships m
                    WHERE m.workspace_id = $1 AND m.company_id = a.id AND m.group_id = a.scope_id))
            LIMIT 1)
        UNION ALL
        (SELECT c.id, c.name FROM companies c
            WHERE a.kind = 'company_named' AND c.workspace_id = $1 AND c.name_key = decode(a.name_key, 'hex') LIMIT 1)
        UNION ALL
        (SELECT o.id, o.name FROM objects o
            WHERE a.kind = 'object' AND o.workspace_id = $1 AND o.id = a.id AND o.object_type_id = a.scope_id LIMIT 1)
    ) AS f ON true
),
-- Without a row when anything of that is not there: nothing is written then. What is known by its name only, can be made.
ready AS MATERIALIZED (
    SELECT input.* FROM input, current
    WHERE NOT EXISTS (SELECT FROM found WHERE found.id IS NULL AND found.name_key IS NULL)
)
