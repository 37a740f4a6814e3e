CREATE TABLE people (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    full_name text NOT NULL,
    full_name_given boolean NOT NULL,
    description text NOT NULL,
    birthday date,
    job_title text NOT NULL,
    addresses text[] NOT NULL,
    emails text[] NOT NULL,
    phones text[] NOT NULL,
    urls text[] NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    updated_at timestamptz NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    CONSTRAINT people_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT people_workspace_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
    CONSTRAINT people_created_by_fkey FOREIGN KEY (workspace_id, created_by) REFERENCES users (workspace_id, id)
);
COMMENT ON COLUMN people.full_name IS 'As shown: given, or derived from first and last name when full_name_given is false.';

CREATE TABLE person_memberships (
    workspace_id uuid NOT NULL,
    person_id uuid NOT NULL,
    group_id uuid NOT NULL,
    position smallint NOT NULL,
    "values" jsonb NOT NULL,
    CONSTRAINT person_memberships_pkey PRIMARY KEY (workspace_id, person_id, group_id),
    CONSTRAINT person_memberships_person_fkey FOREIGN KEY (workspace_id, person_id)
        REFERENCES people (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT person_memberships_group_fkey FOREIGN KEY (workspace_id, group_id)
        REFERENCES groups (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX person_memberships_group_idx ON person_memberships (workspace_id, group_id, person_id);
COMMENT ON COLUMN person_memberships."values" IS
    'By field id: a text, a decimal or a date as text, an option id, or a list of option ids.';

CREATE TABLE person_companies (
    workspace_id uuid NOT NULL,
    person_id uuid NOT NULL,
    company_id uuid NOT NULL,
    position smallint NOT NULL,
    CONSTRAINT person_companies_pkey PRIMARY KEY (workspace_id, person_id, company_id),
    CONSTRAINT person_companies_person_fkey FOREIGN KEY (workspace_id, person_id)
        REFERENCES people (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT person_companies_company_fkey FOREIGN KEY (workspace_id, company_id)
        REFERENCES companies (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX person_companies_company_idx ON person_companies (workspace_id, company_id, person_id);

CREATE TABLE person_references (
    workspace_id uuid NOT NULL,
    person_id uuid NOT NULL,
    group_id uuid NOT NULL,
    field_id uuid NOT NULL,
    position smallint NOT NULL,
    target_person_id uuid,
    target_company_id uuid,
    target_user_id uuid,
    target_object_id uuid,
    CONSTRAINT person_references_pkey PRIMARY KEY (workspace_id, person_id, field_id, position),
    CONSTRAINT person_references_target_check CHECK (
        num_nonnulls(target_person_id, target_company_id, target_user_id, target_object_id) = 1),
    CONSTRAINT person_references_membership_fkey FOREIGN KEY (workspace_id, person_id, group_id)
        REFERENCES person_memberships (workspace_id, person_id, group_id) ON DELETE CASCADE,
    CONSTRAINT person_references_field_fkey FOREIGN KEY (workspace_id, field_id)
        REFERENCES custom_fields (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT person_references_person_fkey FOREIGN KEY (workspace_id, target_person_id)
        REFERENCES people (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT person_references_company_fkey FOREIGN KEY (workspace_id, target_company_id)
        REFERENCES companies (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT person_references_user_fkey FOREIGN KEY (workspace_id, target_user_id)
        REFERENCES users (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT person_references_object_fkey FOREIGN KEY (workspace_id, target_object_id)
        REFERENCES objects (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX person_references_field_idx ON person_references (workspace_id, field_id);
CREATE INDEX person_references_person_idx ON person_references (workspace_id, target_person_id)
    WHERE target_person_id IS NOT NULL;
CREATE INDEX person_references_company_idx ON person_references (workspace_id, target_company_id)
    WHERE target_company_id IS NOT NULL;
CREATE INDEX person_references_user_idx ON person_references (workspace_id, target_user_id)
    WHERE target_user_id IS NOT NULL;
CREATE INDEX person_references_object_idx ON person_references (workspace_id, target_object_id)
    WHERE target_object_id IS NOT NULL;
COMMENT ON TABLE person_references IS
    'The contact, user and object values of people, where foreign keys hold them and deletions cascade.';
