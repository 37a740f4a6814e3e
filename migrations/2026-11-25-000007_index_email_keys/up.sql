-- Finding somebody by email is what people are looked up by most.
CREATE INDEX people_email_keys_idx ON people USING gin (email_keys);
CREATE INDEX companies_email_keys_idx ON companies USING gin (email_keys);
