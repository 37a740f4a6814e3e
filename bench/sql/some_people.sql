-- The first person after $2 who has a value in every field, as texts.
SELECT p.first_name, p.last_name, p.description, p.birthday::text, p.job_title, p.addresses[1], p.emails[1], p.phones[1],
    p.urls[1], to_char(p.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), p.created_by::text, c.company_id::text,
    m."values" ->> $5, n."values" ->> $6, n."values" ->> $7, l.target_person_id::text
FROM people p
JOIN person_companies c ON c.workspace_id = $1::text::uuid AND c.person_id = p.id AND c.position = 0
JOIN person_memberships m ON m.workspace_id = $1::text::uuid AND m.person_id = p.id AND m.group_id = $3::text::uuid
JOIN person_memberships n ON n.workspace_id = $1::text::uuid AND n.person_id = p.id AND n.group_id = $4::text::uuid
JOIN person_references l ON l.workspace_id = $1::text::uuid AND l.person_id = p.id AND l.target_person_id IS NOT NULL
WHERE p.workspace_id = $1::text::uuid AND p.id > $2::text::uuid AND p.birthday IS NOT NULL
ORDER BY p.id LIMIT 1
