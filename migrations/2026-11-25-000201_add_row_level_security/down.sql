-- The roles stay: other databases of the cluster may need them.
DO $$
DECLARE
    tenant_table text;
BEGIN
    FOR tenant_table IN SELECT DISTINCT tablename FROM pg_policies WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP POLICY own_workspace ON %I', tenant_table);
        EXECUTE format('DROP POLICY search ON %I', tenant_table);
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', tenant_table);
    END LOOP;
END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM people_service, people_search;
REVOKE USAGE ON SCHEMA public FROM people_service, people_search;
