-- The third part of writing people: they themselves, and their companies, once each where two names mean the same one.
, given AS MATERIALIZED (
    SELECT p.* FROM ready, jsonb_to_recordset(document -> 'people') AS p (
        id uuid, first_name text, last_name text, full_name text, full_name_given boolean, description text,
        birthday date, job_title text, addresses text[], emails text[], email_keys text[], phones text[], urls text[],
        created_at timestamptz, created_by uuid, updated_at timestamptz, version bigint)
),
companies_given AS MATERIALIZED (
    SELECT DISTINCT ON (person_id, company_id) l.* FROM (
        SELECT c.person_id, c.position, coalesce(c.company_id, f.id) AS company_id
        FROM ready, jsonb_to_recordset(document -> 'companies')
            AS c (person_id uuid, position smallint, company_id uuid, lookup integer)
        LEFT JOIN found f ON f.number = c.lookup
    ) AS l ORDER BY person_id, company_id, position
)
