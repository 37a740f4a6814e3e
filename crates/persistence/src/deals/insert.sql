-- The fourth part of making a deal.
, deal_made AS (
    INSERT INTO objects (workspace_id, id, group_id, object_type_id, name, "values", created_at, created_by, updated_at,
        version)
    SELECT $1, id, group_id, object_type_id, name, "values", created_at, created_by, updated_at, version FROM given
)
