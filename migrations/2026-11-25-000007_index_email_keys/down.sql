DROP INDEX companies_email_keys_idx;
DROP INDEX people_email_keys_idx;
