ALTER TABLE companies ADD COLUMN email_keys text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN companies.email_keys IS 'The emails as they are compared, ignoring case; made by the service.';
ALTER TABLE companies ADD CONSTRAINT companies_foundation_year_check CHECK (foundation_year BETWEEN 1000 AND 2100);
ALTER TABLE companies ADD CONSTRAINT companies_employee_range_check CHECK (employee_range IN (
    '1-10', '11-50', '51-200', '201-500', '501-1000', '1001-5000', '5001-10000', '10000+'));

CREATE TABLE company_references (
    workspace_id uuid NOT NULL,
    company_id uuid NOT NULL,
    group_id uuid NOT NULL,
    field_id uuid NOT NULL,
    position smallint NOT NULL,
    target_person_id uuid,
    target_company_id uuid,
    target_user_id uuid,
    target_object_id uuid,
    CONSTRAINT company_references_pkey PRIMARY KEY (workspace_id, company_id, field_id, position),
    CONSTRAINT company_references_target_check CHECK (
        num_nonnulls(target_person_id, target_company_id, target_user_id, target_object_id) = 1),
    CONSTRAINT company_references_membership_fkey FOREIGN KEY (workspace_id, company_id, group_id)
        REFERENCES company_memberships (workspace_id, company_id, group_id) ON DELETE CASCADE,
    CONSTRAINT company_references_field_fkey FOREIGN KEY (workspace_id, field_id)
        REFERENCES custom_fields (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT company_references_person_fkey FOREIGN KEY (workspace_id, target_person_id)
        REFERENCES people (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT company_references_company_fkey FOREIGN KEY (workspace_id, target_company_id)
        REFERENCES companies (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT company_references_user_fkey FOREIGN KEY (workspace_id, target_user_id)
        REFERENCES users (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT company_references_object_fkey FOREIGN KEY (workspace_id, target_object_id)
        REFERENCES objects (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX company_references_field_idx ON company_references (workspace_id, field_id);
CREATE INDEX company_references_person_idx ON company_references (workspace_id, target_person_id)
    WHERE target_person_id IS NOT NULL;
CREATE INDEX company_references_company_idx ON company_references (workspace_id, target_company_id)
    WHERE target_company_id IS NOT NULL;
CREATE INDEX company_references_user_idx ON company_references (workspace_id, target_user_id)
    WHERE target_user_id IS NOT NULL;
CREATE INDEX company_references_object_idx ON company_references (workspace_id, target_object_id)
    WHERE target_object_id IS NOT NULL;
COMMENT ON TABLE company_references IS
    'The contact, user and object values of companies, where foreign keys hold them and deletions cascade.';

CREATE TABLE object_references (
    workspace_id uuid NOT NULL,
    object_id uuid NOT NULL,
    field_id uuid NOT NULL,
    position smallint NOT NULL,
    target_person_id uuid,
    target_company_id uuid,
    target_user_id uuid,
    target_object_id uuid,
    CONSTRAINT object_references_pkey PRIMARY KEY (workspace_id, object_id, field_id, position),
    CONSTRAINT object_references_target_check CHECK (
        num_nonnulls(target_person_id, target_company_id, target_user_id, target_object_id) = 1),
    CONSTRAINT object_references_owner_fkey FOREIGN KEY (workspace_id, object_id)
        REFERENCES objects (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT object_references_field_fkey FOREIGN KEY (workspace_id, field_id)
        REFERENCES custom_fields (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT object_references_person_fkey FOREIGN KEY (workspace_id, target_person_id)
        REFERENCES people (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT object_references_company_fkey FOREIGN KEY (workspace_id, target_company_id)
        REFERENCES companies (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT object_references_user_fkey FOREIGN KEY (workspace_id, target_user_id)
        REFERENCES users (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT object_references_object_fkey FOREIGN KEY (workspace_id, target_object_id)
        REFERENCES objects (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX object_references_field_idx ON object_references (workspace_id, field_id);
CREATE INDEX object_references_person_idx ON object_references (workspace_id, target_person_id)
    WHERE target_person_id IS NOT NULL;
CREATE INDEX object_references_company_idx ON object_references (workspace_id, target_company_id)
    WHERE target_company_id IS NOT NULL;
CREATE INDEX object_references_user_idx ON object_references (workspace_id, target_user_id)
    WHERE target_user_id IS NOT NULL;
CREATE INDEX object_references_object_idx ON object_references (workspace_id, target_object_id)
    WHERE target_object_id IS NOT NULL;
COMMENT ON TABLE object_references IS
    'The contact, user and object values of objects, where foreign keys hold them and deletions cascade.';

CREATE TABLE object_people (
    workspace_id uuid NOT NULL,
    object_id uuid NOT NULL,
    group_id uuid NOT NULL,
    person_id uuid NOT NULL,
    position smallint NOT NULL,
    CONSTRAINT object_people_pkey PRIMARY KEY (workspace_id, object_id, person_id),
    CONSTRAINT object_people_object_fkey FOREIGN KEY (workspace_id, object_id)
        REFERENCES objects (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT object_people_membership_fkey FOREIGN KEY (workspace_id, person_id, group_id)
        REFERENCES person_memberships (workspace_id, person_id, group_id) ON DELETE CASCADE
);
CREATE INDEX object_people_person_idx ON object_people (workspace_id, person_id, group_id);
COMMENT ON TABLE object_people IS 'The people who take part in an object. They are members of its group, or are not here.';

CREATE TABLE object_companies (
    workspace_id uuid NOT NULL,
    object_id uuid NOT NULL,
    group_id uuid NOT NULL,
    company_id uuid NOT NULL,
    position smallint NOT NULL,
    CONSTRAINT object_companies_pkey PRIMARY KEY (workspace_id, object_id, company_id),
    CONSTRAINT object_companies_object_fkey FOREIGN KEY (workspace_id, object_id)
        REFERENCES objects (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT object_companies_membership_fkey FOREIGN KEY (workspace_id, company_id, group_id)
        REFERENCES company_memberships (workspace_id, company_id, group_id) ON DELETE CASCADE
);
CREATE INDEX object_companies_company_idx ON object_companies (workspace_id, company_id, group_id);
COMMENT ON TABLE object_companies IS
    'The companies that take part in an object. They are members of its group, or are not here.';
