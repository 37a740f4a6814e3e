CREATE TABLE interactions (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    person_id uuid,
    company_id uuid,
    occurred_at timestamptz NOT NULL,
    title text NOT NULL,
    content text NOT NULL,
    type text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT interactions_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT interactions_record_check CHECK (num_nonnulls(person_id, company_id) = 1),
    CONSTRAINT interactions_user_fkey FOREIGN KEY (workspace_id, user_id) REFERENCES users (workspace_id, id),
    CONSTRAINT interactions_person_fkey FOREIGN KEY (workspace_id, person_id)
        REFERENCES people (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT interactions_company_fkey FOREIGN KEY (workspace_id, company_id)
        REFERENCES companies (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX interactions_person_idx ON interactions (workspace_id, person_id, user_id, occurred_at)
    WHERE person_id IS NOT NULL;
CREATE INDEX interactions_company_idx ON interactions (workspace_id, company_id, user_id, occurred_at)
    WHERE company_id IS NOT NULL;
