-- The extensions stay: another may use them by now.
CREATE INDEX people_email_keys_idx ON people USING gin (email_keys);
CREATE INDEX companies_email_keys_idx ON companies USING gin (email_keys);
DROP INDEX people_texts_idx, people_created_apart_idx, people_created_by_idx, person_memberships_values_idx,
    companies_texts_idx, companies_created_apart_idx, companies_created_by_idx, company_memberships_values_idx,
    objects_texts_idx, objects_created_apart_idx, objects_created_by_idx, objects_values_idx;
DROP FUNCTION entries_as_text, names_as_text, has_time_of_id, time_of_id, text_keys, value_texts, value_keys, rank_key;
