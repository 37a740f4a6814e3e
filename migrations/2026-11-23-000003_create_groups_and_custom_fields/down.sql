DROP TABLE custom_field_option_aliases;
DROP TABLE custom_field_options;
DROP TABLE custom_field_aliases;
DROP TABLE custom_fields;
DROP TABLE object_types;
DROP TABLE groups;
