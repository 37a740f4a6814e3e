-- The second part of writing people: which of them may be written, and their companies, found or made by name.
, accepted AS MATERIALIZED (
    SELECT p.* FROM current, input, jsonb_to_recordset(document -> 'people') AS p (
        id uuid, first_name text, last_name text, full_name text, full_name_given boolean, description text,
        birthday date, job_title text, addresses text[], emails text[], email_keys text[], phones text[], urls text[],
        created_at timestamptz, created_by uuid, updated_at timestamptz, version bigint)
    WHERE p.id NOT IN (SELECT record_id FROM missing)
        AND NOT ((document ->> 'atomic')::boolean AND EXISTS (SELECT FROM missing))
),
companies_asked AS MATERIALIZED (
    SELECT c.person_id, c.position, c.id, c.name, decode(c.name_key, 'hex') AS name_key, c.new_id
    FROM input, jsonb_to_recordset(document -> 'companies')
        AS c (person_id uuid, position smallint, id uuid, name text, name_key text, new_id uuid)
),
companies_given AS MATERIALIZED (
    SELECT c.* FROM (SELECT DISTINCT id FROM companies_asked) AS a CROSS JOIN LATERAL (
        SELECT c.id, c.name FROM companies c WHERE c.workspace_id = $1 AND c.id = a.id LIMIT 1) AS c
),
companies_there AS MATERIALIZED (
    SELECT c.* FROM (SELECT DISTINCT name_key FROM companies_asked) AS a CROSS JOIN LATERAL (
        SELECT c.id, c.name, c.name_key FROM companies c
        WHERE c.workspace_id = $1 AND c.name_key = a.name_key LIMIT 1) AS c
),
-- In the order of the keys, so that two creates that make the same companies wait for each other in the same order.
-- The update of nothing makes the row of a create that was faster visible; of a column that is in no key, or it would
-- wait for everybody who has just linked to the row, and they perhaps for this.
companies_made AS (
    INSERT INTO companies AS c (workspace_id, id, name, name_key, created_at, created_by, updated_at)
    SELECT DISTINCT ON (a.name_key) $1, a.new_id, a.name, a.name_key, input.now, input.actor, input.now
    FROM input, companies_asked a
    WHERE a.name_key IS NOT NULL AND a.person_id IN (SELECT id FROM accepted)
        AND a.name_key NOT IN (SELECT name_key FROM companies_there)
    ORDER BY a.name_key, a.person_id, a.position
    ON CONFLICT (workspace_id, name_key) DO UPDATE SET updated_at = c.updated_at
    RETURNING c.id, c.name, c.name_key
),
companies_linked AS MATERIALIZED (
    SELECT DISTINCT ON (person_id, id) person_id, position, id, name, id = new_id AS is_new FROM (
        -- Not only those that were asked for: a change keeps companies that were looked up when they were linked.
        SELECT a.person_id, a.position, c.id, c.name, NULL::uuid AS new_id
        FROM companies_asked a JOIN companies_given c ON c.id = a.id
        UNION ALL
        SELECT a.person_id, a.position, coalesce(t.id, m.id, a.new_id), coalesce(t.name, m.name, a.name), a.new_id
        FROM companies_asked a
        LEFT JOIN companies_there t ON t.name_key = a.name_key
        LEFT JOIN companies_made m ON m.name_key = a.name_key
        WHERE a.name_key IS NOT NULL
    ) AS linked
    ORDER BY person_id, id, position
),
company_changes_made AS (
    INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation)
    SELECT $1, input.now, input.actor, 'company', m.id, 'create' FROM input, companies_made m
    WHERE m.id IN (SELECT new_id FROM companies_asked)
    RETURNING 1
)
