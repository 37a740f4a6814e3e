-- The third part of making people.
, people_made AS (
    INSERT INTO people (workspace_id, id, first_name, last_name, full_name, full_name_given, description, birthday,
        job_title, addresses, emails, email_keys, phones, urls, created_at, created_by, updated_at, version)
    SELECT $1, id, first_name, last_name, full_name, full_name_given, description, birthday,
        job_title, addresses, emails, email_keys, phones, urls, created_at, created_by, updated_at, version
    FROM accepted
),
person_companies_made AS (
    INSERT INTO person_companies (workspace_id, person_id, company_id, position)
    SELECT $1, l.person_id, l.id, l.position FROM companies_linked l JOIN accepted p ON p.id = l.person_id
),
-- Companies come before the people who belong to them.
changes_made AS (
    INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation)
    SELECT $1, input.now, input.actor, 'person', p.id, 'create'
    FROM (SELECT count(*) FROM company_changes_made) AS companies_first, input, accepted p
)
