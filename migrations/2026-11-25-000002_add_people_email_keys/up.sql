ALTER TABLE people ADD COLUMN email_keys text[] NOT NULL DEFAULT '{}';
UPDATE people SET email_keys = ARRAY(SELECT lower(upper(email)) FROM unnest(emails) WITH ORDINALITY AS e (email, place) ORDER BY place);
COMMENT ON COLUMN people.email_keys IS 'The emails as they are compared, ignoring case; made by the service.';
