-- Of PostgreSQL's own contrib modules, which an administrator may have left out.
DO $$
DECLARE
    extension text;
BEGIN
    FOREACH extension IN ARRAY ARRAY['pg_trgm', 'btree_gin'] LOOP
        IF NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = extension) THEN
            RAISE EXCEPTION 'the extension % is missing; install PostgreSQL''s contrib modules, to which it belongs, on the '
                'server of the database', extension;
        END IF;
        EXECUTE format('CREATE EXTENSION IF NOT EXISTS %I', extension);
    END LOOP;
END $$;

-- array_to_string may depend on settings, but not for texts.
CREATE FUNCTION entries_as_text(entries text[]) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT chr(10) || array_to_string(entries, chr(10)) || chr(10) $$;
COMMENT ON FUNCTION entries_as_text IS 'The entries of a list, each between two ends of lines: what an entry is or contains, this contains.';

CREATE FUNCTION names_as_text(full_name text, first_name text, last_name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT ' ' || CASE WHEN full_name = first_name || ' ' || last_name THEN full_name
        ELSE full_name || ' ' || first_name || ' ' || last_name END || ' ' $$;
COMMENT ON FUNCTION names_as_text IS 'The names of a person, each between two spaces: what one of them is or contains, this contains.';

CREATE FUNCTION time_of_id(id uuid) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT to_timestamp(('x0000' || left(id::text, 8) || substr(id::text, 10, 4))::bit(64)::bigint / 1000.0) $$;
COMMENT ON FUNCTION time_of_id IS 'When an id of version 7 was made.';

-- This one calls another, and is no text, so that a dump says in which schema that is: while it is restored, none is looked
-- through.
CREATE FUNCTION has_time_of_id(created_at timestamptz, id uuid) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN abs(extract(epoch FROM created_at - time_of_id(id))) <= 1;
COMMENT ON FUNCTION has_time_of_id IS 'Whether a record was made when its id was, give or take a second.';

CREATE FUNCTION text_keys(fields text[], emails text[], phones text[], addresses text[], urls text[]) RETURNS bigint[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT array(
        SELECT hashtextextended(text, field) FROM unnest(fields) WITH ORDINALITY AS own (text, field) WHERE text <> ''
        UNION ALL SELECT hashtextextended(email, 101) FROM unnest(emails) AS email
        UNION ALL SELECT hashtextextended(phone, 102) FROM unnest(phones) AS phone
        UNION ALL SELECT hashtextextended(address, 103) FROM unnest(addresses) AS address
        UNION ALL SELECT hashtextextended(url, 104) FROM unnest(urls) AS url) $$;
COMMENT ON FUNCTION text_keys IS 'A number for each text of a record, by the place of its field: of the list of fields from 1 on, of emails 101, phones 102, addresses 103, urls 104.';

CREATE FUNCTION value_texts("values" jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT string_agg(value #>> '{}', chr(10)) FROM jsonb_each("values")
        WHERE jsonb_typeof(value) = 'string' AND value #>> '{}' !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' $$;
COMMENT ON FUNCTION value_texts IS 'All custom values that are texts, in lines, but for those that look like ids.';

CREATE FUNCTION rank_key(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT CASE
        WHEN value ~ '^\d{4}-\d\d-\d\d$' THEN 'd' || value
        WHEN value ~ '^\d{1,24}(\.|$)' THEN 'p' || chr(65 + length(split_part(value, '.', 1))) || left(replace(value, '.', ''), 20)
        WHEN value ~ '^-\d{1,24}(\.|$)' THEN 'n' || chr(92 - length(split_part(value, '.', 1)))
            || left(translate(value, '0123456789.-', '9876543210'), 20)
        WHEN value ~ '^\d' THEN 'pZ'
        WHEN value ~ '^-' THEN 'nB'
        ELSE 'i' END $$;
COMMENT ON FUNCTION rank_key IS 'A text for a date or number, in the order of these: the digits before the point as a letter, then 20 digits, all turned round if less than zero. Ids have one for all.';

CREATE FUNCTION value_keys("values" jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT array_to_tsvector(array_agg(replace(key, '-', '') || rank_key(value))) FROM jsonb_each_text("values")
        WHERE value ~ '^(-?\d+(\.\d+)?|\d{4}-\d\d-\d\d|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$');
COMMENT ON FUNCTION value_keys IS 'The rank keys of all custom values that look like dates, numbers and ids, each after the id of its field.';

-- Trigrams and keys are of one size, however long the text. All in one index, and each text once, for what is written
-- depends on how many entries there are.
CREATE INDEX people_texts_idx ON people USING gin (
    workspace_id,
    text_keys(ARRAY[full_name, first_name, last_name, job_title, description], email_keys, phones, addresses, urls),
    names_as_text(full_name, first_name, last_name) gin_trgm_ops, job_title gin_trgm_ops,
    description gin_trgm_ops, entries_as_text(emails || phones || addresses || urls) gin_trgm_ops, birthday);
DROP INDEX people_email_keys_idx;
-- Others are found by their ids.
CREATE INDEX people_created_apart_idx ON people (workspace_id, created_at) WHERE NOT has_time_of_id(created_at, id);
CREATE INDEX people_created_by_idx ON people (workspace_id, created_by, id);
CREATE INDEX person_memberships_values_idx ON person_memberships USING gin (
    "values" jsonb_path_ops, value_texts("values") gin_trgm_ops, value_keys("values"));

CREATE INDEX companies_texts_idx ON companies USING gin (
    workspace_id, text_keys(ARRAY[name, description, industry], email_keys, phones, addresses, urls),
    name gin_trgm_ops, description gin_trgm_ops, industry gin_trgm_ops,
    entries_as_text(emails || phones || addresses || urls) gin_trgm_ops, funding_raised, last_funding_date);
DROP INDEX companies_email_keys_idx;
CREATE INDEX companies_created_apart_idx ON companies (workspace_id, created_at) WHERE NOT has_time_of_id(created_at, id);
CREATE INDEX companies_created_by_idx ON companies (workspace_id, created_by, id);
CREATE INDEX company_memberships_values_idx ON company_memberships USING gin (
    "values" jsonb_path_ops, value_texts("values") gin_trgm_ops, value_keys("values"));

CREATE INDEX objects_texts_idx ON objects USING gin (
    workspace_id, text_keys(ARRAY[name], '{}', '{}', '{}', '{}'), name gin_trgm_ops);
CREATE INDEX objects_created_apart_idx ON objects (workspace_id, created_at) WHERE NOT has_time_of_id(created_at, id);
CREATE INDEX objects_created_by_idx ON objects (workspace_id, created_by, id);
CREATE INDEX objects_values_idx ON objects USING gin (
    "values" jsonb_path_ops, value_texts("values") gin_trgm_ops, value_keys("values"));
