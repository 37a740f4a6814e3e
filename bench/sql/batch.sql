\set b random(-9223372036854775807, -4611686018427388905)
WITH new AS MATERIALIZED (
    SELECT ('0' || to_hex((extract(epoch FROM statement_timestamp()) * 1000)::bigint) || '7' || lpad(to_hex(i), 3, '0')
            || to_hex(:b::bigint + i))::uuid AS id,
        ('0' || to_hex((extract(epoch FROM statement_timestamp()) * 1000)::bigint) || '7' || lpad(to_hex(i), 3, '0')
            || to_hex(:b::bigint - i))::uuid AS new_company_id,
        'new' || (random() * 1000000000000)::bigint || '@example.com' AS email,
        ('0' || to_hex({epoch} + 1001 + (random() * ({companies} - 1))::bigint) || '70008000000000000000')::uuid AS company_id,
        CASE WHEN random() < {known_companies} / 100.0 THEN 1 + (random() * ({companies} - 1))::bigint
            ELSE 1000000000 + (random() * 1000000000)::bigint END AS named,
        ('0' || to_hex({epoch} + {people_begin} + (1 + (random() * ({people} - 1))::bigint) * {step})
            || '70008000000000000000')::uuid AS related_id
    FROM generate_series(1, {batch}) AS i
),
keyed AS MATERIALIZED (SELECT *, sha256(convert_to('company ' || named, 'UTF8')) AS company_key FROM new),
given AS MATERIALIZED (
    SELECT new.id AS person_id, c.id, c.name FROM new JOIN companies c ON c.workspace_id = uuid '{workspace}' AND c.id = new.company_id
),
related AS MATERIALIZED (
    SELECT new.id AS person_id, p.id, p.full_name FROM new JOIN people p ON p.workspace_id = uuid '{workspace}' AND p.id = new.related_id
),
found AS MATERIALIZED (
    SELECT k.id AS person_id, c.id, c.name, c.name_key
    FROM keyed k JOIN companies c ON c.workspace_id = uuid '{workspace}' AND c.name_key = k.company_key
),
-- In the order of the keys, so that two batches that make the same companies wait for each other in the same order.
made AS (
    INSERT INTO companies AS c (workspace_id, id, name, name_key, created_at, created_by, updated_at)
    SELECT DISTINCT ON (company_key) uuid '{workspace}', new_company_id, 'Company ' || named, company_key, now(), uuid '{user}', now()
    FROM keyed WHERE id NOT IN (SELECT person_id FROM found) ORDER BY company_key
    ON CONFLICT (workspace_id, name_key) DO UPDATE SET version = c.version
    RETURNING id, name, name_key
),
named AS MATERIALIZED (
    SELECT person_id, id, name FROM found
    UNION ALL
    SELECT k.id, m.id, m.name FROM keyed k JOIN made m ON m.name_key = k.company_key
),
people_made AS (
    INSERT INTO people (workspace_id, id, first_name, last_name, full_name, full_name_given, description, birthday, job_title,
        addresses, emails, email_keys, phones, urls, created_at, created_by, updated_at, version)
    SELECT uuid '{workspace}', id, '{first_name}', '{last_name}', '{first_name} {last_name}', false, '{description}',
        date '{birthday}', '{job_title}', ARRAY['{address}'], ARRAY[email], ARRAY[email], ARRAY['{phone}'], ARRAY['{url}'],
        now(), uuid '{user}', now(), 1
    FROM new
),
memberships AS (
    INSERT INTO person_memberships (workspace_id, person_id, group_id, position, "values")
    SELECT uuid '{workspace}', new.id, m.group_id, m.position, m."values"
    FROM new, (VALUES (uuid '{group_0}', 0::smallint, jsonb '{values_0}'), (uuid '{group_1}', 1::smallint, jsonb '{values_1}'))
        AS m (group_id, position, "values")
),
links AS (
    INSERT INTO person_companies (workspace_id, person_id, company_id, position)
    SELECT uuid '{workspace}', person_id, id, 0 FROM given
    UNION ALL
    SELECT uuid '{workspace}', n.person_id, n.id, 1 FROM named n JOIN given g ON g.person_id = n.person_id AND g.id <> n.id
),
custom_links AS (
    INSERT INTO person_references (workspace_id, person_id, group_id, field_id, position, target_person_id, target_user_id)
    SELECT uuid '{workspace}', person_id, uuid '{group_0}', uuid '{related}', 0, id, NULL::uuid FROM related
    UNION ALL
    SELECT uuid '{workspace}', id, uuid '{group_1}', uuid '{owner}', 0, NULL, uuid '{owning_user}' FROM new
),
log AS (
    INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation)
    SELECT uuid '{workspace}', now(), uuid '{user}', 'company', id, 'create' FROM made
    UNION ALL
    SELECT uuid '{workspace}', now(), uuid '{user}', 'person', id, 'create' FROM new
)
SELECT new.id, now(), g.id, g.name, n.id, n.name, r.full_name
FROM new JOIN given g ON g.person_id = new.id JOIN named n ON n.person_id = new.id JOIN related r ON r.person_id = new.id;
