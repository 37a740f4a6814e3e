CREATE TABLE workspaces (
    id uuid NOT NULL CONSTRAINT workspaces_pkey PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL
);
COMMENT ON TABLE workspaces IS 'The tenants. Every other table but api_keys begins its keys with workspace_id.';

CREATE TABLE definition_versions (
    workspace_id uuid NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    CONSTRAINT definition_versions_pkey PRIMARY KEY (workspace_id),
    CONSTRAINT definition_versions_workspace_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
);
COMMENT ON TABLE definition_versions IS
    'Bumped by every change of users, groups, custom fields and options, so that caches know what they hold.';
