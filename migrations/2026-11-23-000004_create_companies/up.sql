CREATE TABLE companies (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_key bytea NOT NULL,
    description text NOT NULL DEFAULT '',
    funding_raised numeric,
    last_funding_date date,
    industry text,
    foundation_year smallint,
    employee_range text,
    addresses text[] NOT NULL DEFAULT '{}',
    emails text[] NOT NULL DEFAULT '{}',
    phones text[] NOT NULL DEFAULT '{}',
    urls text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    updated_at timestamptz NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    CONSTRAINT companies_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT companies_name_unique UNIQUE (workspace_id, name_key),
    CONSTRAINT companies_workspace_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
    CONSTRAINT companies_created_by_fkey FOREIGN KEY (workspace_id, created_by) REFERENCES users (workspace_id, id)
);
COMMENT ON COLUMN companies.name_key IS
    'SHA-256 of the name as it is compared: an index entry cannot hold the longest names themselves.';

CREATE TABLE company_memberships (
    workspace_id uuid NOT NULL,
    company_id uuid NOT NULL,
    group_id uuid NOT NULL,
    position smallint NOT NULL,
    "values" jsonb NOT NULL DEFAULT '{}',
    CONSTRAINT company_memberships_pkey PRIMARY KEY (workspace_id, company_id, group_id),
    CONSTRAINT company_memberships_company_fkey FOREIGN KEY (workspace_id, company_id)
        REFERENCES companies (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT company_memberships_group_fkey FOREIGN KEY (workspace_id, group_id)
        REFERENCES groups (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX company_memberships_group_idx ON company_memberships (workspace_id, group_id, company_id);
