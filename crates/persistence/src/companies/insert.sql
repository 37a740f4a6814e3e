-- The fourth part of making a company: nothing, if there is one of its name.
, written AS (
    INSERT INTO companies (workspace_id, id, name, name_key, description, funding_raised, last_funding_date, industry,
        foundation_year, employee_range, addresses, emails, email_keys, phones, urls, created_at, created_by,
        updated_at, version)
    SELECT $1, id, name, name_key_bytes, description, funding_raised, last_funding_date, industry,
        foundation_year, employee_range, addresses, emails, email_keys, phones, urls, created_at, created_by,
        updated_at, version
    FROM given
    ON CONFLICT (workspace_id, name_key) DO NOTHING
    RETURNING id
),
accepted AS MATERIALIZED (SELECT ready.* FROM ready, written)
