-- The first part of writing records in the workspace $1 as the document $2 says: what they refer to, by name, and what of
-- that does not exist. A scope is the object type that an object must have, or the group of which a member is asked for.
WITH input AS MATERIALIZED (
    SELECT document, (document ->> 'actor')::uuid AS actor, (document ->> 'now')::timestamptz AS now
    FROM (SELECT $2::jsonb AS document) AS given
),
-- Without a row when the definitions are not those that the records were judged by.
current AS MATERIALIZED (
    SELECT v.version FROM definition_versions v, input
    WHERE v.workspace_id = $1 AND v.version = (document ->> 'definitions_version')::bigint
),
asked AS MATERIALIZED (
    SELECT DISTINCT a.* FROM input, jsonb_to_recordset(document -> 'asked')
        AS a (record_id uuid, kind text, id uuid, scope_id uuid)
),
-- One by one (LATERAL): a join with a list of unknown length may go through the whole table.
known AS MATERIALIZED (
    SELECT DISTINCT a.kind, a.id, f.* FROM asked a CROSS JOIN LATERAL (
        (SELECT NULL::uuid AS scope_id, p.full_name AS name FROM people p
            WHERE a.kind = 'person' AND p.workspace_id = $1 AND p.id = a.id LIMIT 1)
        UNION ALL
        (SELECT NULL, c.name FROM companies c
            WHERE a.kind = 'company' AND c.workspace_id = $1 AND c.id = a.id LIMIT 1)
        UNION ALL
        (SELECT o.object_type_id, o.name FROM objects o
            WHERE a.kind = 'object' AND o.workspace_id = $1 AND o.id = a.id LIMIT 1)
        UNION ALL
        (SELECT m.group_id, p.full_name FROM person_memberships m
            JOIN people p ON p.workspace_id = $1 AND p.id = m.person_id
            WHERE a.kind = 'person_in_group' AND m.workspace_id = $1 AND m.person_id = a.id AND m.group_id = a.scope_id
            LIMIT 1)
        UNION ALL
        (SELECT m.group_id, c.name FROM company_memberships m
            JOIN companies c ON c.workspace_id = $1 AND c.id = m.company_id
            WHERE a.kind = 'company_in_group' AND m.workspace_id = $1 AND m.company_id = a.id AND m.group_id = a.scope_id
            LIMIT 1)
    ) AS f
),
missing AS MATERIALIZED (
    SELECT a.* FROM asked a WHERE NOT EXISTS (
        SELECT FROM known k WHERE k.kind = a.kind AND k.id = a.id
            AND k.scope_id IS NOT DISTINCT FROM a.scope_id)
)
