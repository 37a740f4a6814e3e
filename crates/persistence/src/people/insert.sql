-- The last part of making people.
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
),
changes_made AS (
    INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation)
    SELECT $1, ready.now, ready.actor, 'person', given.id, 'create' FROM ready, given
)
