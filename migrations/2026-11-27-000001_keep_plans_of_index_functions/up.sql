-- What indexes are made of, as before, but in PL/pgSQL: a session keeps the plans of such functions, while those of SQL are
-- planned anew by each statement that writes a row.

CREATE OR REPLACE FUNCTION text_keys(fields text[], emails text[], phones text[], addresses text[], urls text[]) RETURNS bigint[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    keys bigint[] := '{}';
    entry text;
BEGIN
    FOR field IN 1 .. cardinality(fields) LOOP
        IF fields[field] <> '' THEN
            keys := keys || hashtextextended(fields[field], field);
        END IF;
    END LOOP;
    FOREACH entry IN ARRAY emails LOOP keys := keys || hashtextextended(entry, 101); END LOOP;
    FOREACH entry IN ARRAY phones LOOP keys := keys || hashtextextended(entry, 102); END LOOP;
    FOREACH entry IN ARRAY addresses LOOP keys := keys || hashtextextended(entry, 103); END LOOP;
    FOREACH entry IN ARRAY urls LOOP keys := keys || hashtextextended(entry, 104); END LOOP;
    RETURN keys;
END $$;

CREATE OR REPLACE FUNCTION value_texts("values" jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (SELECT string_agg(value #>> '{}', chr(10)) FROM jsonb_each("values")
        WHERE jsonb_typeof(value) = 'string' AND value #>> '{}' !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$');
END $$;

-- It calls another, and while a dump is restored no schema is looked through but those that are named.
CREATE OR REPLACE FUNCTION value_keys("values" jsonb) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path FROM CURRENT AS $$
BEGIN
    RETURN (SELECT array_to_tsvector(array_agg(replace(key, '-', '') || rank_key(value))) FROM jsonb_each_text("values")
        WHERE value ~ '^(-?\d+(\.\d+)?|\d{4}-\d\d-\d\d|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$');
END $$;
