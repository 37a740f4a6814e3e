CREATE TABLE objects (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    group_id uuid NOT NULL,
    object_type_id uuid NOT NULL,
    name text NOT NULL,
    "values" jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    updated_at timestamptz NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    CONSTRAINT objects_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT objects_group_fkey FOREIGN KEY (workspace_id, group_id)
        REFERENCES groups (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT objects_object_type_fkey FOREIGN KEY (workspace_id, object_type_id)
        REFERENCES object_types (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT objects_created_by_fkey FOREIGN KEY (workspace_id, created_by) REFERENCES users (workspace_id, id)
);
CREATE INDEX objects_object_type_idx ON objects (workspace_id, object_type_id, id);
COMMENT ON TABLE objects IS 'Deals and other objects that a group keeps.';
