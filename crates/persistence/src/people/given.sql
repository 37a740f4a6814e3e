-- The third part of writing people: the companies that they name and that are not there; in the order of their keys, so that
-- two who make the same ones wait for each other in the same order. One that another has just made is not seen by this
-- statement, but told by the row that it would change: in a column of no unique index, for to set one of a key keeps everybody
-- from linking to the row until the end.
, companies_made AS (
    INSERT INTO companies AS c (workspace_id, id, name, name_key, created_at, created_by, updated_at)
    SELECT $1, found.new_id, found.new_name, decode(found.name_key, 'hex'), ready.now, ready.actor, ready.now
    FROM ready, found WHERE found.id IS NULL AND found.new_id IS NOT NULL ORDER BY found.name_key
    ON CONFLICT (workspace_id, name_key) DO UPDATE SET version = c.version
    RETURNING id, name, name_key
),
known AS MATERIALIZED (
    SELECT found.number, found.id, found.name FROM found WHERE found.id IS NOT NULL
    UNION ALL
    SELECT found.number, m.id, m.name
    FROM companies_made m JOIN found ON decode(found.name_key, 'hex') = m.name_key
),
-- They themselves, and their companies, once each where two names mean the same one.
given AS MATERIALIZED (
    SELECT p.* FROM ready, jsonb_to_recordset(document -> 'people') AS p (
        id uuid, first_name text, last_name text, full_name text, full_name_given boolean, description text,
        birthday date, job_title text, addresses text[], emails text[], email_keys text[], phones text[], urls text[],
        created_at timestamptz, created_by uuid, updated_at timestamptz, version bigint)
),
companies_given AS MATERIALIZED (
    SELECT DISTINCT ON (person_id, company_id) l.* FROM (
        SELECT c.person_id, c.position, coalesce(c.company_id, known.id) AS company_id
        FROM ready, jsonb_to_recordset(document -> 'companies')
            AS c (person_id uuid, position smallint, company_id uuid, lookup integer)
        LEFT JOIN known ON known.number = c.lookup
    ) AS l ORDER BY person_id, company_id, position
),
-- What is new, companies first. A person who is changed has a higher version, and an entry that the statement does not write.
changes_made AS (
    INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation)
    SELECT $1, ready.now, ready.actor, made.entity_type, made.id, 'create'
    FROM ready, (
        SELECT 'company' AS entity_type, m.id FROM companies_made m JOIN found ON found.new_id = m.id
        UNION ALL
        SELECT 'person', given.id FROM given WHERE given.version = 1
    ) AS made
)
