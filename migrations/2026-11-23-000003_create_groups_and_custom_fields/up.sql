CREATE TABLE groups (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    position integer NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT groups_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT groups_workspace_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
);

CREATE TABLE object_types (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    group_id uuid NOT NULL,
    name text NOT NULL,
    CONSTRAINT object_types_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT object_types_name_unique UNIQUE (workspace_id, group_id, name),
    CONSTRAINT object_types_group_fkey FOREIGN KEY (workspace_id, group_id)
        REFERENCES groups (workspace_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE object_types IS 'The kinds of objects that a group keeps: its deals, say.';

CREATE TABLE custom_fields (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    group_id uuid NOT NULL,
    entity_type text NOT NULL,
    object_type_id uuid,
    name text NOT NULL,
    field_type text NOT NULL,
    position integer NOT NULL,
    numeric_format text,
    currency text,
    target_object_type_id uuid,
    created_at timestamptz NOT NULL,
    CONSTRAINT custom_fields_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT custom_fields_entity_type_check CHECK (entity_type IN ('person', 'company', 'object')),
    CONSTRAINT custom_fields_object_type_check CHECK ((entity_type = 'object') = (object_type_id IS NOT NULL)),
    CONSTRAINT custom_fields_field_type_check CHECK (field_type IN (
        'textField', 'magicField', 'numericField', 'dateField', 'singleSelect', 'multipleSelect', 'contactField',
        'userField', 'objectField')),
    CONSTRAINT custom_fields_target_check
        CHECK ((field_type = 'objectField') = (target_object_type_id IS NOT NULL)),
    CONSTRAINT custom_fields_numeric_format_check CHECK (
        (field_type = 'numericField') = (numeric_format IS NOT NULL)
        AND numeric_format IN ('default', 'percent', 'currency', 'none', 'number')),
    CONSTRAINT custom_fields_group_fkey FOREIGN KEY (workspace_id, group_id)
        REFERENCES groups (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT custom_fields_object_type_fkey FOREIGN KEY (workspace_id, object_type_id)
        REFERENCES object_types (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT custom_fields_target_fkey FOREIGN KEY (workspace_id, target_object_type_id)
        REFERENCES object_types (workspace_id, id)
);
CREATE UNIQUE INDEX custom_fields_name_unique ON custom_fields (workspace_id, group_id, entity_type, name)
    WHERE object_type_id IS NULL;
CREATE UNIQUE INDEX custom_fields_object_name_unique ON custom_fields (workspace_id, object_type_id, name)
    WHERE object_type_id IS NOT NULL;
COMMENT ON COLUMN custom_fields.object_type_id IS 'The kind of object whose field this is; for people and companies null.';
COMMENT ON COLUMN custom_fields.target_object_type_id IS 'The kind of object that an objectField points to.';

CREATE TABLE custom_field_aliases (
    workspace_id uuid NOT NULL,
    field_id uuid NOT NULL,
    name text NOT NULL,
    CONSTRAINT custom_field_aliases_pkey PRIMARY KEY (workspace_id, field_id, name),
    CONSTRAINT custom_field_aliases_field_fkey FOREIGN KEY (workspace_id, field_id)
        REFERENCES custom_fields (workspace_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE custom_field_aliases IS 'Former names, which work until another field takes them.';

CREATE TABLE custom_field_options (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    field_id uuid NOT NULL,
    label text NOT NULL,
    color text NOT NULL,
    position integer NOT NULL,
    CONSTRAINT custom_field_options_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT custom_field_options_label_unique UNIQUE (workspace_id, field_id, label),
    CONSTRAINT custom_field_options_field_fkey FOREIGN KEY (workspace_id, field_id)
        REFERENCES custom_fields (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE custom_field_option_aliases (
    workspace_id uuid NOT NULL,
    option_id uuid NOT NULL,
    label text NOT NULL,
    CONSTRAINT custom_field_option_aliases_pkey PRIMARY KEY (workspace_id, option_id, label),
    CONSTRAINT custom_field_option_aliases_option_fkey FOREIGN KEY (workspace_id, option_id)
        REFERENCES custom_field_options (workspace_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE custom_field_option_aliases IS 'Former labels, which work until another option takes them.';
