
            -- As in `row.rs`.
            r.id, r.name, r.description, r.funding_raised::text, r.last_funding_date, r.industry, r.foundation_year,
            r.employee_range, r.addresses, r.emails, r.phones, r.urls, r.created_at, r.created_by, r.updated_at, r.version
