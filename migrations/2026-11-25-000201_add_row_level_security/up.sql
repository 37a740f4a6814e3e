-- Roles belong to the whole cluster: another database may have made them, and whoever migrates may already be a member.
DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['people_service', 'people_search'] LOOP
        BEGIN
            -- Whoever may not make roles is not told that one is there.
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', role);
            END IF;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;
            WHEN insufficient_privilege THEN
                RAISE EXCEPTION 'the role % is missing, and % may not make it', role, current_user
                    USING HINT = format('As a superuser: CREATE ROLE %I NOLOGIN; GRANT %I TO %I;', role, role, current_user);
        END;
        BEGIN
            EXECUTE format('GRANT %I TO CURRENT_USER', role);
        EXCEPTION WHEN insufficient_privilege THEN
            IF NOT pg_has_role(current_user, role, 'MEMBER') THEN
                RAISE EXCEPTION '% is not a member of the role %', current_user, role
                    USING HINT = format('As a superuser: GRANT %I TO %I;', role, current_user);
            END IF;
        END;
    END LOOP;
END $$;

GRANT USAGE ON SCHEMA public TO people_service, people_search;
GRANT SELECT, INSERT, UPDATE, DELETE ON workspaces, api_keys TO people_service;

-- The service sees the workspace of its transaction and nothing without one. A search sees all that it is asked about, for
-- only without policies can indexes answer it; it may do nothing but read, and what it finds is read again by the service.
DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY[
        'changes', 'companies', 'company_interaction_counts', 'company_memberships', 'company_references',
        'custom_field_aliases', 'custom_field_option_aliases', 'custom_field_options', 'custom_fields',
        'definition_versions', 'groups', 'interactions', 'object_companies', 'object_people', 'object_references',
        'object_types', 'objects', 'people', 'person_companies', 'person_interaction_counts', 'person_memberships',
        'person_references', 'remembered_requests', 'users'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO people_service', tenant_table);
        EXECUTE format('CREATE POLICY own_workspace ON %I TO people_service '
            'USING (workspace_id = nullif(current_setting(''people.workspace_id'', true), '''')::uuid)', tenant_table);
        EXECUTE format('GRANT SELECT ON %I TO people_search', tenant_table);
        EXECUTE format('CREATE POLICY search ON %I FOR SELECT TO people_search USING (true)', tenant_table);
    END LOOP;
END $$;
