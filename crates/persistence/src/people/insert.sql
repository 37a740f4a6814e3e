-- The second part of making people.
people_made AS (
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
person_memberships_made AS (
    INSERT INTO person_memberships (workspace_id, person_id, group_id, position, "values")
    SELECT $1, m.person_id, m.group_id, m.position, m."values"
    FROM input, jsonb_to_recordset(document -> 'memberships')
        AS m (person_id uuid, group_id uuid, position smallint, "values" jsonb)
    JOIN accepted p ON p.id = m.person_id
),
person_references_made AS (
    INSERT INTO person_references (workspace_id, person_id, group_id, field_id, position,
        target_person_id, target_company_id, target_user_id, target_object_id)
    SELECT $1, r.person_id, r.group_id, r.field_id, r.position,
        r.target_person_id, r.target_company_id, r.target_user_id, r.target_object_id
    FROM input, jsonb_to_recordset(document -> 'references')
        AS r (person_id uuid, group_id uuid, field_id uuid, position smallint,
            target_person_id uuid, target_company_id uuid, target_user_id uuid, target_object_id uuid)
    JOIN accepted p ON p.id = r.person_id
),
-- Companies come before the people who belong to them.
changes_made AS (
    INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation)
    SELECT $1, input.now, input.actor, 'person', p.id, 'create'
    FROM (SELECT count(*) FROM company_changes_made) AS companies_first, input, accepted p
)
