    UNION
    SELECT '{list}', 'position', l.{record}_id, 'position_taken'
    FROM wanted w JOIN {list} l ON l.workspace_id = $1 AND l.{record}_id = w.id
    GROUP BY l.{record}_id, l.position HAVING count(*) > 1
