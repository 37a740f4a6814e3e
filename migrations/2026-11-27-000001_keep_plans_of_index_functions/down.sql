CREATE OR REPLACE FUNCTION text_keys(fields text[], emails text[], phones text[], addresses text[], urls text[]) RETURNS bigint[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT array(
        SELECT hashtextextended(text, field) FROM unnest(fields) WITH ORDINALITY AS own (text, field) WHERE text <> ''
        UNION ALL SELECT hashtextextended(email, 101) FROM unnest(emails) AS email
        UNION ALL SELECT hashtextextended(phone, 102) FROM unnest(phones) AS phone
        UNION ALL SELECT hashtextextended(address, 103) FROM unnest(addresses) AS address
        UNION ALL SELECT hashtextextended(url, 104) FROM unnest(urls) AS url) $$;

CREATE OR REPLACE FUNCTION value_texts("values" jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT string_agg(value #>> '{}', chr(10)) FROM jsonb_each("values")
        WHERE jsonb_typeof(value) = 'string' AND value #>> '{}' !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' $$;

CREATE OR REPLACE FUNCTION value_keys("values" jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT array_to_tsvector(array_agg(replace(key, '-', '') || rank_key(value))) FROM jsonb_each_text("values")
        WHERE value ~ '^(-?\d+(\.\d+)?|\d{4}-\d\d-\d\d|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$');
