ALTER TABLE workspaces DROP COLUMN page_token_key;
