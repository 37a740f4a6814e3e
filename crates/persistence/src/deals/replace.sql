-- The fourth part of changing a deal, which is locked.
, deal_replaced AS (
    UPDATE objects o SET name = g.name, "values" = g."values", updated_at = g.updated_at, version = g.version
    FROM given g WHERE o.workspace_id = $1 AND o.id = g.id
)
, people_removed AS (
    DELETE FROM object_people l USING given g WHERE l.workspace_id = $1 AND l.object_id = g.id
        AND l.person_id NOT IN (SELECT person_id FROM people_given)
)
, companies_removed AS (
    DELETE FROM object_companies l USING given g WHERE l.workspace_id = $1 AND l.object_id = g.id
        AND l.company_id NOT IN (SELECT company_id FROM companies_given)
)
