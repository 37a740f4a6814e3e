-- The companies that `wanted` lists of the workspace $1, each with all that is shown of it, beside the version of the
-- definitions by which to read it.
SELECT json_build_object(
    'definitions_version', (SELECT version FROM definition_versions v WHERE v.workspace_id = $1),
