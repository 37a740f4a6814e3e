DROP INDEX custom_fields_target_idx;
DROP INDEX objects_group_idx;
