-- Fills a migrated, empty database with what the service would have written: one workspace of {people} people (number 0)
-- and {small} of {each} people. All of it can be told from numbers (`world.rs` knows the same), so that ids and values
-- need not be looked up to ask for them.
CREATE SCHEMA bench;

-- An id of version 7: of the moment `ms` after the beginning, in the workspace `w`.
CREATE FUNCTION bench.id(ms bigint, w bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $$ SELECT ('0' || to_hex({epoch} + ms) || '70008' || lpad(to_hex(w), 15, '0'))::uuid $$;
CREATE FUNCTION bench.at(ms bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
    $$ SELECT 'epoch'::timestamptz + ({epoch} + ms) * interval '1 millisecond' $$;
CREATE FUNCTION bench.person_ms(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
    $$ SELECT {people_begin} + n * {step} $$;
CREATE FUNCTION bench.company_ms(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT 1000 + n $$;
-- One of `m` numbers from 0 on, by chance but always the same.
CREATE FUNCTION bench.pick(n bigint, salt bigint, m bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
    $$ SELECT (hashint8extended(n, salt) & 9223372036854775807) % m $$;
-- One word of a list that is separated by spaces.
CREATE FUNCTION bench.word(words text[], n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT words[1 + n % cardinality(words)] $$;
CREATE FUNCTION bench.companies(w bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE w WHEN 0 THEN {companies} ELSE 5 END $$;

-- Foreign keys hold by construction; the check at the end looks at them.
SET session_replication_role = replica;
SET synchronous_commit = off;

CREATE VIEW bench.workspace AS SELECT w::bigint FROM generate_series(0, {small}) AS w;
CREATE VIEW bench.everybody AS
    SELECT 0::bigint AS w, n::bigint FROM generate_series(1, {people}) AS n
    UNION ALL
    SELECT w, n FROM generate_series(1::bigint, {small}) AS w, generate_series(1::bigint, {each}) AS n;

INSERT INTO workspaces (id, name, created_at) SELECT bench.id(0, w), 'Workspace ' || w, bench.at(0) FROM bench.workspace;
INSERT INTO definition_versions (workspace_id) SELECT bench.id(0, w) FROM bench.workspace;
INSERT INTO users (workspace_id, id, full_name, email, email_key, created_at)
    SELECT bench.id(0, w), bench.id(u, w), 'User ' || u, 'user' || u || '@example.com', 'user' || u || '@example.com', bench.at(u)
    FROM bench.workspace, generate_series(1, 5) AS u;
INSERT INTO api_keys (id, workspace_id, user_id, name, secret_hash, scope, created_at)
    SELECT bench.id(6, w), bench.id(0, w), bench.id(1, w), 'bench',
        sha256(convert_to('{key}' || lpad(w::text, 6, '0'), 'UTF8')), 'admin', bench.at(6)
    FROM bench.workspace;

INSERT INTO groups (workspace_id, id, name, position, created_at)
    SELECT bench.id(0, w), bench.id(10 + g, w), 'Group ' || g, g, bench.at(10 + g)
    FROM bench.workspace, generate_series(0, 9) AS g;
INSERT INTO custom_fields (workspace_id, id, group_id, entity_type, name, field_type, position, numeric_format, created_at)
    SELECT bench.id(0, w), bench.id(f.ms, w), bench.id(f.group_ms, w), 'person', f.name, f.type, f.position, f.format, bench.at(f.ms)
    FROM bench.workspace, (VALUES
        (20, 10, 'Status', 'singleSelect', 0, NULL), (21, 10, 'Interests', 'multipleSelect', 1, NULL),
        (22, 10, 'Since', 'dateField', 2, NULL), (23, 10, 'Related', 'contactField', 3, NULL),
        (24, 11, 'Note', 'textField', 0, NULL), (25, 11, 'Score', 'numericField', 1, 'default'),
        (26, 11, 'Owner', 'userField', 2, NULL)) AS f (ms, group_ms, name, type, position, format);
INSERT INTO custom_field_options (workspace_id, id, field_id, label, color, position)
    SELECT bench.id(0, w), bench.id(o.ms, w), bench.id(o.field_ms, w), o.label, '#2563eb', o.ms
    FROM bench.workspace, (VALUES (30, 20, 'Lead'), (31, 20, 'Customer'), (32, 20, 'Former'), (40, 21, 'Music'),
        (41, 21, 'Sailing'), (42, 21, 'Chess'), (43, 21, 'Rust'), (44, 21, 'Gardens')) AS o (ms, field_ms, label);

INSERT INTO companies (workspace_id, id, name, name_key, created_at, created_by, updated_at)
    SELECT bench.id(0, w), bench.id(bench.company_ms(c), w), 'Company ' || c,
        sha256(convert_to('company ' || c, 'UTF8')), bench.at(bench.company_ms(c)), bench.id(1, w), bench.at(bench.company_ms(c))
    FROM bench.workspace, generate_series(1::bigint, bench.companies(w)) AS c;
INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation)
    SELECT workspace_id, created_at, created_by, 'company', id, 'create' FROM companies;

INSERT INTO people (workspace_id, id, first_name, last_name, full_name, full_name_given, description, birthday, job_title,
        addresses, emails, email_keys, phones, urls, created_at, created_by, updated_at, version)
    SELECT bench.id(0, w), bench.id(ms, w), first, last, first || ' ' || last, false,
        'Met at the ' || event || ' in ' || city || '; likes ' || bench.word(ARRAY['tea', 'coffee', 'cycling', 'opera',
            'boats', 'maps'], bench.pick(n, 6, 6)) || ' and wants to hear of number ' || bench.pick(n, 7, 1000000) || ' again.',
        CASE WHEN bench.pick(n, 8, 10) < 7 THEN date '1950-01-01' + bench.pick(n, 9, 20000)::integer END,
        bench.word(ARRAY['Junior', 'Senior', 'Lead', 'Chief'], bench.pick(n, 10, 4)) || ' '
            || bench.word(ARRAY['engineer', 'buyer', 'designer', 'counsel', 'analyst', 'editor', 'nurse', 'pilot'], bench.pick(n, 11, 8)),
        ARRAY[n || ' Main Street, ' || city], ARRAY[email], ARRAY[email], ARRAY['+1555' || lpad(n::text, 8, '0')],
        ARRAY['https://example.com/people/' || n], bench.at(ms), bench.id(1 + n % 5, w), bench.at(ms), 1
    FROM (
        SELECT w, n, bench.person_ms(n) AS ms, 'person' || n || '@example.com' AS email,
            bench.word(ARRAY['Ada', 'Ben', 'Cleo', 'Dina', 'Emil', 'Fay', 'Gus', 'Hana', 'Ivo', 'Jane', 'Kai', 'Lea', 'Max',
                'Nora', 'Otto', 'Pia', 'Rosa', 'Sven', 'Tara', 'Uwe', 'Vera', 'Will', 'Xena', 'Yuri', 'Zoe'], bench.pick(n, 1, 25)) AS first,
            initcap(bench.word(ARRAY['bar', 'cas', 'dor', 'fen', 'gal', 'hul', 'jen', 'kor', 'lam', 'mer', 'nol', 'pas', 'quin', 'ros',
                'sal', 'tor', 'vin', 'wes', 'yar', 'zel'], bench.pick(n, 2, 20)) || bench.word(ARRAY['a', 'e', 'i', 'o', 'u', 'ai',
                'ei', 'ou', 'an', 'en', 'in', 'on', 'ar', 'er', 'or'], bench.pick(n, 3, 15)) || bench.word(ARRAY['bert', 'ding', 'feld',
                'gren', 'hall', 'kamp', 'land', 'man', 'ner', 'pold', 'rick', 'sen', 'ston', 'thal', 'ville', 'witz'],
                bench.pick(n, 4, 16))) AS last,
            bench.word(ARRAY['fair', 'conference', 'wedding', 'marathon', 'opening'], bench.pick(n, 5, 5)) AS event,
            bench.word(ARRAY['Athens', 'Bergen', 'Cairo', 'Dublin', 'Erfurt', 'Faro', 'Geneva', 'Hanoi', 'Izmir', 'Jena', 'Kyoto',
                'Lima', 'Malmo', 'Nice', 'Oslo', 'Porto', 'Quito', 'Riga', 'Sofia', 'Tunis'], bench.pick(n, 12, 20)) AS city
        FROM bench.everybody) AS made;
INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation)
    SELECT workspace_id, created_at, created_by, 'person', id, 'create' FROM people ORDER BY workspace_id, id;

-- Everybody is in the first group; six in ten are in the second too, the others in one without fields.
INSERT INTO person_memberships (workspace_id, person_id, group_id, position, "values")
    SELECT bench.id(0, w), bench.id(bench.person_ms(n), w), bench.id(10, w), 0, jsonb_build_object(
        bench.id(20, w), bench.id(30 + bench.pick(n, 20, 3), w),
        bench.id(21, w), jsonb_build_array(bench.id(40 + bench.pick(n, 21, 5), w), bench.id(40 + (bench.pick(n, 21, 5) + 1) % 5, w)),
        bench.id(22, w), date '2000-01-01' + bench.pick(n, 22, 8000)::integer)
    FROM bench.everybody
    UNION ALL
    SELECT bench.id(0, w), bench.id(bench.person_ms(n), w),
        CASE WHEN second THEN bench.id(11, w) ELSE bench.id(12 + bench.pick(n, 24, 8), w) END, 1,
        CASE WHEN second THEN jsonb_build_object(
            bench.id(24, w), 'Call back about offer ' || bench.pick(n, 25, 100000),
            bench.id(25, w), bench.pick(n, 26, 1000) || CASE WHEN n % 2 = 1 THEN '.5' ELSE '' END) ELSE '{}' END
    FROM (SELECT w, n, bench.pick(n, 23, 10) < 6 AS second FROM bench.everybody) AS made;

-- Half of them know somebody who came before them.
INSERT INTO person_references (workspace_id, person_id, group_id, field_id, position, target_person_id, target_user_id)
    SELECT bench.id(0, w), bench.id(bench.person_ms(n), w), bench.id(10, w), bench.id(23, w), 0,
        bench.id(bench.person_ms(1 + bench.pick(n, 31, n - 1)), w), NULL::uuid
    FROM bench.everybody WHERE n > 1 AND bench.pick(n, 30, 2) = 0
    UNION ALL
    SELECT bench.id(0, w), bench.id(bench.person_ms(n), w), bench.id(11, w), bench.id(26, w), 0,
        NULL, bench.id(1 + bench.pick(n, 32, 5), w)
    FROM bench.everybody WHERE bench.pick(n, 23, 10) < 6;

INSERT INTO person_companies (workspace_id, person_id, company_id, position)
    SELECT bench.id(0, w), bench.id(bench.person_ms(n), w),
        bench.id(bench.company_ms(1 + (bench.pick(n, 40, bench.companies(w)) + place) % bench.companies(w)), w), place
    FROM bench.everybody, generate_series(0, 1) AS place WHERE place = 0 OR bench.pick(n, 41, 2) = 0;

INSERT INTO interactions (workspace_id, id, user_id, person_id, occurred_at, title, content, type, created_at)
    SELECT bench.id(0, w), bench.id(bench.person_ms(n) + 1, w), bench.id(1 + n % 5, w), bench.id(bench.person_ms(n), w),
        bench.at(bench.person_ms(n) + 1), 'Lunch', 'The usual.', 'lunch', bench.at(bench.person_ms(n) + 1)
    FROM bench.everybody WHERE n % 10 = 0;
INSERT INTO person_interaction_counts (workspace_id, person_id, user_id, count, last_at)
    SELECT workspace_id, person_id, user_id, 1, occurred_at FROM interactions;

RESET session_replication_role;
RESET synchronous_commit;
CREATE TABLE bench.loaded AS SELECT {people}::bigint AS people, {small}::bigint AS small;
