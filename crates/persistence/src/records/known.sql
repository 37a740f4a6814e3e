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
-- By arrays, so that an index is asked for each: a join with what is asked may go through the whole table.
known AS MATERIALIZED (
    SELECT 'person' AS kind, p.id, NULL::uuid AS scope_id, p.full_name AS name FROM people p
    WHERE p.workspace_id = $1 AND p.id = ANY (ARRAY(SELECT id FROM asked WHERE kind = 'person'))
    UNION ALL
    SELECT 'company', c.id, NULL, c.name FROM companies c
    WHERE c.workspace_id = $1 AND c.id = ANY (ARRAY(SELECT id FROM asked WHERE kind = 'company'))
    UNION ALL
    SELECT 'object', o.id, o.object_type_id, o.name FROM objects o
    WHERE o.workspace_id = $1 AND o.id = ANY (ARRAY(SELECT id FROM asked WHERE kind = 'object'))
    UNION ALL
    SELECT 'person_in_group', p.id, m.group_id, p.full_name FROM person_memberships m
    JOIN people p ON p.workspace_id = $1 AND p.id = m.person_id
    WHERE m.workspace_id = $1 AND m.person_id = ANY (ARRAY(SELECT id FROM asked WHERE kind = 'person_in_group'))
        AND m.group_id = ANY (ARRAY(SELECT scope_id FROM asked WHERE kind = 'person_in_group'))
    UNION ALL
    SELECT 'company_in_group', c.id, m.group_id, c.name FROM company_memberships m
    JOIN companies c ON c.workspace_id = $1 AND c.id = m.company_id
    WHERE m.workspace_id = $1 AND m.company_id = ANY (ARRAY(SELECT id FROM asked WHERE kind = 'company_in_group'))
        AND m.group_id = ANY (ARRAY(SELECT scope_id FROM asked WHERE kind = 'company_in_group'))
),
missing AS MATERIALIZED (
    SELECT a.* FROM asked a WHERE NOT EXISTS (
        SELECT FROM known k WHERE k.kind = a.kind AND k.id = a.id
            AND k.scope_id IS NOT DISTINCT FROM a.scope_id)
)
