-- The fourth part of changing a company, which is locked: nothing, if another one has its name.
, written AS (
    UPDATE companies c SET name = g.name, name_key = g.name_key_bytes, description = g.description,
        funding_raised = g.funding_raised, last_funding_date = g.last_funding_date, industry = g.industry,
        foundation_year = g.foundation_year, employee_range = g.employee_range, addresses = g.addresses,
        emails = g.emails, email_keys = g.email_keys, phones = g.phones, urls = g.urls, updated_at = g.updated_at,
        version = g.version
    FROM given g WHERE c.workspace_id = $1 AND c.id = g.id AND NOT EXISTS (
        SELECT FROM companies o WHERE o.workspace_id = $1 AND o.name_key = g.name_key_bytes AND o.id <> g.id)
    RETURNING c.id
),
accepted AS MATERIALIZED (SELECT ready.* FROM ready, written)
