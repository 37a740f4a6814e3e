-- For the deletion of groups, and of the kinds of objects that fields point to.
CREATE INDEX objects_group_idx ON objects (workspace_id, group_id);
CREATE INDEX custom_fields_target_idx ON custom_fields (workspace_id, target_object_type_id)
    WHERE target_object_type_id IS NOT NULL;
