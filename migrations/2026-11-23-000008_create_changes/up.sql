CREATE TABLE changes (
    workspace_id uuid NOT NULL,
    transaction_id bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    sequence bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    occurred_at timestamptz NOT NULL,
    actor_id uuid NOT NULL,
    entity_type text NOT NULL,
    entity_id uuid NOT NULL,
    operation text NOT NULL,
    payload jsonb,
    CONSTRAINT changes_pkey PRIMARY KEY (workspace_id, transaction_id, sequence),
    CONSTRAINT changes_entity_type_check CHECK (entity_type IN ('person', 'company', 'object')),
    CONSTRAINT changes_operation_check CHECK (operation IN ('create', 'update', 'delete')),
    CONSTRAINT changes_workspace_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
);
CREATE INDEX changes_entity_idx ON changes (workspace_id, entity_type, entity_id);
COMMENT ON TABLE changes IS
    'The ordered change log. The position is (transaction_id, sequence); read it up to the horizon of running transactions.';
COMMENT ON COLUMN changes.payload IS
    'Of an update, what was before and after; erased with the record. A create has none: what it made is the record itself with later changes undone.';
