CREATE INDEX people_texts_workspace_idx ON people USING gin (
    workspace_id, text_keys(ARRAY[full_name, first_name, last_name, job_title, description], email_keys, phones, addresses, urls),
    names_as_text(full_name, first_name, last_name) gin_trgm_ops, job_title gin_trgm_ops,
    description gin_trgm_ops, entries_as_text(emails || phones || addresses || urls) gin_trgm_ops, birthday);
DROP INDEX people_texts_idx;
ALTER INDEX people_texts_workspace_idx RENAME TO people_texts_idx;

CREATE INDEX companies_texts_workspace_idx ON companies USING gin (
    workspace_id, text_keys(ARRAY[name, description, industry], email_keys, phones, addresses, urls),
    name gin_trgm_ops, description gin_trgm_ops, industry gin_trgm_ops,
    entries_as_text(emails || phones || addresses || urls) gin_trgm_ops, funding_raised, last_funding_date);
DROP INDEX companies_texts_idx;
ALTER INDEX companies_texts_workspace_idx RENAME TO companies_texts_idx;

CREATE INDEX objects_texts_workspace_idx ON objects USING gin (
    workspace_id, text_keys(ARRAY[name], '{}', '{}', '{}', '{}'), name gin_trgm_ops);
DROP INDEX objects_texts_idx;
ALTER INDEX objects_texts_workspace_idx RENAME TO objects_texts_idx;
