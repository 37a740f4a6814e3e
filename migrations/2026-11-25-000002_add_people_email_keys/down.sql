ALTER TABLE people DROP COLUMN email_keys;
