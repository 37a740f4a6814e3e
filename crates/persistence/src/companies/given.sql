-- The third part of writing a company: it itself, if it may be written.
, given AS MATERIALIZED (
    SELECT c.*, decode(c.name_key, 'hex') AS name_key_bytes
    FROM ready, jsonb_to_recordset(document -> 'companies') AS c (
        id uuid, name text, name_key text, description text, funding_raised numeric, last_funding_date date,
        industry text, foundation_year smallint, employee_range text, addresses text[], emails text[],
        email_keys text[], phones text[], urls text[], created_at timestamptz, created_by uuid,
        updated_at timestamptz, version bigint)
)
