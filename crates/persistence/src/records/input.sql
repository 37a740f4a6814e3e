-- The first part of writing in the workspace $1 as the document $2 says.
WITH input AS MATERIALIZED (
    SELECT document, (document ->> 'actor')::uuid AS actor, (document ->> 'now')::timestamptz AS now,
        (document ->> 'record_id')::uuid AS record_id
    FROM (SELECT $2::jsonb AS document) AS given
),
-- Without a row when the definitions are not those that the records were judged by.
current AS MATERIALIZED (
    SELECT v.version FROM definition_versions v, input
    WHERE v.workspace_id = $1 AND v.version = (document ->> 'definitions_version')::bigint
)
