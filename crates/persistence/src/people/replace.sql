-- The last part of changing people, who are locked: the whole of each is written, and what it no longer has is removed.
, people_replaced AS (
    UPDATE people p SET first_name = a.first_name, last_name = a.last_name, full_name = a.full_name,
        full_name_given = a.full_name_given, description = a.description, birthday = a.birthday,
        job_title = a.job_title, addresses = a.addresses, emails = a.emails, email_keys = a.email_keys, phones = a.phones, urls = a.urls,
        updated_at = a.updated_at, version = a.version
    FROM accepted a WHERE p.workspace_id = $1 AND p.id = a.id
),
person_companies_removed AS (
    DELETE FROM person_companies c USING accepted a WHERE c.workspace_id = $1 AND c.person_id = a.id
        AND NOT EXISTS (SELECT FROM companies_linked l WHERE l.person_id = c.person_id AND l.id = c.company_id)
),
person_companies_written AS (
    INSERT INTO person_companies (workspace_id, person_id, company_id, position)
    SELECT $1, l.person_id, l.id, l.position FROM companies_linked l JOIN accepted p ON p.id = l.person_id
    ON CONFLICT (workspace_id, person_id, company_id) DO UPDATE SET position = excluded.position
)
