-- Random for each workspace: two UUIDs of version 4 hold 244 random bits.
ALTER TABLE workspaces ADD COLUMN page_token_key bytea NOT NULL
    DEFAULT decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
COMMENT ON COLUMN workspaces.page_token_key IS
    'With it the service signs page tokens, so that it knows its own again, on every instance.';
