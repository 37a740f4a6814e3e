-- Logs an interaction and counts it for its user: with a person or with a company.
WITH logged AS (
    INSERT INTO interactions (workspace_id, id, user_id, person_id, company_id, occurred_at, title, content, type,
        created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    RETURNING workspace_id, user_id, person_id, company_id, occurred_at
),
counted_with_person AS (
    INSERT INTO person_interaction_counts AS c (workspace_id, person_id, user_id, count, last_at)
    SELECT workspace_id, person_id, user_id, 1, occurred_at FROM logged WHERE person_id IS NOT NULL
    ON CONFLICT (workspace_id, person_id, user_id)
        DO UPDATE SET count = c.count + 1, last_at = greatest(c.last_at, excluded.last_at)
)
INSERT INTO company_interaction_counts AS c (workspace_id, company_id, user_id, count, last_at)
SELECT workspace_id, company_id, user_id, 1, occurred_at FROM logged WHERE company_id IS NOT NULL
ON CONFLICT (workspace_id, company_id, user_id)
    DO UPDATE SET count = c.count + 1, last_at = greatest(c.last_at, excluded.last_at)
