CREATE TABLE remembered_requests (
    workspace_id uuid NOT NULL,
    user_id uuid NOT NULL,
    operation text NOT NULL,
    request_id text NOT NULL,
    request_hash bytea NOT NULL,
    answer bytea,
    record_ids uuid[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    CONSTRAINT remembered_requests_pkey PRIMARY KEY (workspace_id, user_id, operation, request_id),
    CONSTRAINT remembered_requests_user_fkey FOREIGN KEY (workspace_id, user_id) REFERENCES users (workspace_id, id)
);
CREATE INDEX remembered_requests_created_at_idx ON remembered_requests (workspace_id, user_id, created_at);
CREATE INDEX remembered_requests_record_ids_idx ON remembered_requests USING gin (record_ids);
COMMENT ON TABLE remembered_requests IS
    'Requests that named themselves, so that the same request is done once. Kept for 24 hours.';
COMMENT ON COLUMN remembered_requests.answer IS
    'The answer as a protobuf message; erased when one of the records it shows is deleted.';
