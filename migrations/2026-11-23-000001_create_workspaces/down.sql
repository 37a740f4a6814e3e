DROP TABLE definition_versions;
DROP TABLE workspaces;
