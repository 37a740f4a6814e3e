\set a random(256, 4095)
\set b random(-9223372036854775807, -4611686018427387905)
\set company_b random(-9223372036854775807, -4611686018427387905)
\set number random(1, 1000000000000)
\set company_ms {epoch} + 1000 + random(1, {companies})
\set chance random(1, 100)
\if :chance <= {known_companies}
\set named random(1, {companies})
\else
\set named random(1000000000, 2000000000)
\endif
\set related_ms {epoch} + {people_begin} + random(1, {people}) * {step}
WITH new AS MATERIALIZED (
    SELECT ('0' || to_hex((extract(epoch FROM statement_timestamp()) * 1000)::bigint) || '7' || to_hex(:a::bigint)
            || to_hex(:b::bigint))::uuid AS id,
        ('0' || to_hex((extract(epoch FROM statement_timestamp()) * 1000)::bigint) || '7' || to_hex(:a::bigint)
            || to_hex(:company_b::bigint))::uuid AS company_id,
        'Company ' || :named::bigint AS company_name, sha256(convert_to('company ' || :named::bigint, 'UTF8')) AS company_key
),
given AS MATERIALIZED (
    SELECT id, name FROM companies
    WHERE workspace_id = uuid '{workspace}' AND id = ('0' || to_hex(:company_ms::bigint) || '70008000000000000000')::uuid
),
related AS MATERIALIZED (
    SELECT id, full_name FROM people
    WHERE workspace_id = uuid '{workspace}' AND id = ('0' || to_hex(:related_ms::bigint) || '70008000000000000000')::uuid
),
found AS MATERIALIZED (
    SELECT c.id, c.name FROM companies c WHERE c.workspace_id = uuid '{workspace}' AND c.name_key = (SELECT company_key FROM new)
),
made AS (
    INSERT INTO companies AS c (workspace_id, id, name, name_key, created_at, created_by, updated_at)
    SELECT uuid '{workspace}', company_id, company_name, company_key, now(), uuid '{user}', now()
    FROM new WHERE NOT EXISTS (SELECT FROM found)
    ON CONFLICT (workspace_id, name_key) DO UPDATE SET version = c.version
    RETURNING id, name
),
named AS (SELECT id, name FROM found UNION ALL SELECT id, name FROM made),
person AS (
    INSERT INTO people (workspace_id, id, first_name, last_name, full_name, full_name_given, description, birthday, job_title,
        addresses, emails, email_keys, phones, urls, created_at, created_by, updated_at, version)
    SELECT uuid '{workspace}', id, '{first_name}', '{last_name}', '{first_name} {last_name}', false, '{description}',
        date '{birthday}', '{job_title}', ARRAY['{address}'], ARRAY['new' || :number::bigint || '@example.com'],
        ARRAY['new' || :number::bigint || '@example.com'], ARRAY['{phone}'], ARRAY['{url}'], now(), uuid '{user}', now(), 1
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
    SELECT uuid '{workspace}', new.id, given.id, 0 FROM new, given
    UNION ALL
    SELECT uuid '{workspace}', new.id, named.id, 1 FROM new, named WHERE named.id NOT IN (SELECT id FROM given)
),
custom_links AS (
    INSERT INTO person_references (workspace_id, person_id, group_id, field_id, position, target_person_id, target_user_id)
    SELECT uuid '{workspace}', new.id, uuid '{group_0}', uuid '{related}', 0, related.id, NULL::uuid FROM new, related
    UNION ALL
    SELECT uuid '{workspace}', new.id, uuid '{group_1}', uuid '{owner}', 0, NULL, uuid '{owning_user}' FROM new
),
log AS (
    INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation)
    SELECT uuid '{workspace}', now(), uuid '{user}', 'company', id, 'create' FROM made
    UNION ALL
    SELECT uuid '{workspace}', now(), uuid '{user}', 'person', id, 'create' FROM new
)
SELECT new.id, now(), given.id, given.name, named.id, named.name, related.full_name FROM new, given, named, related;
