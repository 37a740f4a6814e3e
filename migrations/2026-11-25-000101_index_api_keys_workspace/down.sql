DROP INDEX api_keys_workspace_idx;
