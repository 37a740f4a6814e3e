-- The companies that `wanted` lists of the workspace $1, each with all that is shown of it, beside the version of the
-- definitions by which to read it.
SELECT (SELECT version FROM definition_versions v WHERE v.workspace_id = $1),
    r.id, r.name, r.description, r.funding_raised::text, r.last_funding_date, r.industry, r.foundation_year,
    r.employee_range, r.addresses, r.emails, r.phones, r.urls, r.created_at, r.created_by, r.updated_at, r.version,
