CREATE TABLE person_interaction_counts (
    workspace_id uuid NOT NULL,
    person_id uuid NOT NULL,
    user_id uuid NOT NULL,
    count bigint NOT NULL,
    last_at timestamptz NOT NULL,
    CONSTRAINT person_interaction_counts_pkey PRIMARY KEY (workspace_id, person_id, user_id),
    CONSTRAINT person_interaction_counts_person_fkey FOREIGN KEY (workspace_id, person_id)
        REFERENCES people (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT person_interaction_counts_user_fkey FOREIGN KEY (workspace_id, user_id)
        REFERENCES users (workspace_id, id)
);
COMMENT ON TABLE person_interaction_counts IS
    'What the interactions with people amount to; kept by the statement that logs one.';
INSERT INTO person_interaction_counts (workspace_id, person_id, user_id, count, last_at)
    SELECT workspace_id, person_id, user_id, count(*), max(occurred_at) FROM interactions
    WHERE person_id IS NOT NULL GROUP BY workspace_id, person_id, user_id;

CREATE TABLE company_interaction_counts (
    workspace_id uuid NOT NULL,
    company_id uuid NOT NULL,
    user_id uuid NOT NULL,
    count bigint NOT NULL,
    last_at timestamptz NOT NULL,
    CONSTRAINT company_interaction_counts_pkey PRIMARY KEY (workspace_id, company_id, user_id),
    CONSTRAINT company_interaction_counts_company_fkey FOREIGN KEY (workspace_id, company_id)
        REFERENCES companies (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT company_interaction_counts_user_fkey FOREIGN KEY (workspace_id, user_id)
        REFERENCES users (workspace_id, id)
);
COMMENT ON TABLE company_interaction_counts IS
    'What the interactions with companies amount to; kept by the statement that logs one.';
INSERT INTO company_interaction_counts (workspace_id, company_id, user_id, count, last_at)
    SELECT workspace_id, company_id, user_id, count(*), max(occurred_at) FROM interactions
    WHERE company_id IS NOT NULL GROUP BY workspace_id, company_id, user_id;
