-- The last part of writing a deal.
, people_written AS (
    INSERT INTO object_people (workspace_id, object_id, group_id, person_id, position)
    SELECT $1, id, group_id, person_id, position FROM people_given
    ON CONFLICT (workspace_id, object_id, person_id) DO UPDATE SET position = excluded.position
)
, companies_written AS (
    INSERT INTO object_companies (workspace_id, object_id, group_id, company_id, position)
    SELECT $1, id, group_id, company_id, position FROM companies_given
    ON CONFLICT (workspace_id, object_id, company_id) DO UPDATE SET position = excluded.position
)
, logged AS (
    INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation, payload)
    SELECT $1, now, actor, 'object', given.id, document ->> 'operation', document -> 'payload' FROM accepted, given
)
