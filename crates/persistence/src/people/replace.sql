-- The sixth part of changing a person, who is locked: the whole of it is written, and what it no longer has is removed.
, people_replaced AS (
    UPDATE people p SET first_name = g.first_name, last_name = g.last_name, full_name = g.full_name,
        full_name_given = g.full_name_given, description = g.description, birthday = g.birthday,
        job_title = g.job_title, addresses = g.addresses, emails = g.emails, email_keys = g.email_keys, phones = g.phones, urls = g.urls,
        updated_at = g.updated_at, version = g.version
    FROM given g WHERE p.workspace_id = $1 AND p.id = g.id
),
person_companies_removed AS (
    DELETE FROM person_companies c USING ready WHERE c.workspace_id = $1 AND c.person_id = ready.record_id
        AND NOT EXISTS (SELECT FROM companies_given g WHERE g.company_id = c.company_id)
),
person_companies_written AS (
    INSERT INTO person_companies (workspace_id, person_id, company_id, position)
    SELECT $1, person_id, company_id, position FROM companies_given
    ON CONFLICT (workspace_id, person_id, company_id) DO UPDATE SET position = excluded.position
)
