CREATE TABLE users (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    full_name text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    created_at timestamptz NOT NULL,
    deactivated_at timestamptz,
    CONSTRAINT users_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT users_email_unique UNIQUE (workspace_id, email_key),
    CONSTRAINT users_workspace_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
);
COMMENT ON COLUMN users.email_key IS 'The address as it is compared, ignoring case; made by the service.';

CREATE TABLE api_keys (
    id uuid NOT NULL CONSTRAINT api_keys_pkey PRIMARY KEY,
    workspace_id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    secret_hash bytea NOT NULL,
    scope text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT api_keys_secret_hash_unique UNIQUE (secret_hash),
    CONSTRAINT api_keys_scope_check CHECK (scope IN ('read', 'write', 'admin')),
    CONSTRAINT api_keys_workspace_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
);
COMMENT ON TABLE api_keys IS
    'Looked up before a workspace is known, hence without workspace_id in its keys and without a foreign key to users.';
COMMENT ON COLUMN api_keys.secret_hash IS 'SHA-256 of the secret. The secret itself is random and is kept nowhere.';
