
            -- As in `row.rs`, and the values.
            (r.id, r.group_id, r.object_type_id, r.name, r.created_at, r.created_by, r.updated_at, r.version), r."values"
