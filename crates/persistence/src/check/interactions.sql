    UNION
    SELECT '{record}_interaction_counts', 'count', coalesce(logged.id, counted.id), 'interaction_count'
    FROM (
        SELECT w.id, i.user_id, count(*) AS count, max(i.occurred_at) AS last_at
        FROM wanted w JOIN interactions i ON i.workspace_id = $1 AND i.{record}_id = w.id GROUP BY 1, 2
    ) AS logged
    FULL JOIN (
        SELECT w.id, c.user_id, c.count, c.last_at
        FROM wanted w JOIN {record}_interaction_counts c ON c.workspace_id = $1 AND c.{record}_id = w.id
    ) AS counted ON counted.id = logged.id AND counted.user_id = logged.user_id
    WHERE (logged.count, logged.last_at) IS DISTINCT FROM (counted.count, counted.last_at)
