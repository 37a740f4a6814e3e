REVOKE SELECT ON __diesel_schema_migrations FROM people_service;
