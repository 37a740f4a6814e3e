-- The second part of changing people, who are locked: the whole of each is written, and what it no longer has is removed.
people_replaced AS (
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
),
memberships_given AS MATERIALIZED (
    SELECT m.* FROM input, jsonb_to_recordset(document -> 'memberships')
        AS m (person_id uuid, group_id uuid, position smallint, "values" jsonb)
    JOIN accepted p ON p.id = m.person_id
),
person_memberships_removed AS (
    DELETE FROM person_memberships m USING accepted a WHERE m.workspace_id = $1 AND m.person_id = a.id
        AND NOT EXISTS (SELECT FROM memberships_given g WHERE g.person_id = m.person_id AND g.group_id = m.group_id)
),
person_memberships_written AS (
    INSERT INTO person_memberships (workspace_id, person_id, group_id, position, "values")
    SELECT $1, person_id, group_id, position, "values" FROM memberships_given
    ON CONFLICT (workspace_id, person_id, group_id)
        DO UPDATE SET position = excluded.position, "values" = excluded."values"
),
references_given AS MATERIALIZED (
    SELECT r.* FROM input, jsonb_to_recordset(document -> 'references')
        AS r (person_id uuid, group_id uuid, field_id uuid, position smallint,
            target_person_id uuid, target_company_id uuid, target_user_id uuid, target_object_id uuid)
    JOIN accepted p ON p.id = r.person_id
),
person_references_removed AS (
    DELETE FROM person_references r USING accepted a WHERE r.workspace_id = $1 AND r.person_id = a.id
        AND NOT EXISTS (SELECT FROM references_given g
            WHERE g.person_id = r.person_id AND g.field_id = r.field_id AND g.position = r.position)
),
person_references_written AS (
    INSERT INTO person_references (workspace_id, person_id, group_id, field_id, position,
        target_person_id, target_company_id, target_user_id, target_object_id)
    SELECT $1, person_id, group_id, field_id, position,
        target_person_id, target_company_id, target_user_id, target_object_id
    FROM references_given
    ON CONFLICT (workspace_id, person_id, field_id, position) DO UPDATE SET group_id = excluded.group_id,
        target_person_id = excluded.target_person_id, target_company_id = excluded.target_company_id,
        target_user_id = excluded.target_user_id, target_object_id = excluded.target_object_id
)
