-- The sixth part of making people: they themselves, and their companies.
, people_made AS (
    INSERT INTO people (workspace_id, id, first_name, last_name, full_name, full_name_given, description, birthday,
        job_title, addresses, emails, email_keys, phones, urls, created_at, created_by, updated_at, version)
    SELECT $1, id, first_name, last_name, full_name, full_name_given, description, birthday,
        job_title, addresses, emails, email_keys, phones, urls, created_at, created_by, updated_at, version
    FROM given
),
person_companies_made AS (
    INSERT INTO person_companies (workspace_id, person_id, company_id, position)
    SELECT $1, person_id, company_id, position FROM companies_given
)
