-- The third part of writing a deal: it, if it may be written, and who takes part.
, given AS MATERIALIZED (
    SELECT d.* FROM ready, jsonb_to_recordset(document -> 'deals') AS d (
        id uuid, group_id uuid, object_type_id uuid, name text, "values" jsonb, created_at timestamptz,
        created_by uuid, updated_at timestamptz, version bigint)
)
, people_given AS MATERIALIZED (
    SELECT given.id, given.group_id, p.person_id, p.position FROM given, ready,
        jsonb_to_recordset(document -> 'people') AS p (person_id uuid, position smallint)
)
, companies_given AS MATERIALIZED (
    SELECT given.id, given.group_id, c.company_id, c.position FROM given, ready,
        jsonb_to_recordset(document -> 'companies') AS c (company_id uuid, position smallint)
)
, accepted AS MATERIALIZED (SELECT ready.* FROM ready, given)
