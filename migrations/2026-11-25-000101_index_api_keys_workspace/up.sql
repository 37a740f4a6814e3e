CREATE INDEX api_keys_workspace_idx ON api_keys (workspace_id, id);
COMMENT ON INDEX api_keys_workspace_idx IS 'For the list of a workspace''s keys.';
