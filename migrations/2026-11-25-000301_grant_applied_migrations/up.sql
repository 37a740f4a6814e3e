-- A program that may not migrate compares the schema with itself when it starts.
GRANT SELECT ON __diesel_schema_migrations TO people_service;
