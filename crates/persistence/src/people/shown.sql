
            -- As in `row.rs`.
            r.id, r.first_name, r.last_name, r.full_name, r.full_name_given, r.description, r.birthday, r.job_title,
            r.addresses, r.emails, r.phones, r.urls, r.created_at, r.created_by, r.updated_at, r.version
