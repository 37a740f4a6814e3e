//! The SQL that kinds of records share but for the names of their tables. `$from` has a row, with
//! the document and the id of the record that is changed, if they may be written: `ready` of `look_up.sql`, or what comes of it.

/// Writes the group memberships of new records.
macro_rules! insert_memberships {
    ($record:literal, $from:literal) => {
        concat!(
            ", memberships_made AS (\n",
            "    INSERT INTO ",
            $record,
            "_memberships (workspace_id, ",
            $record,
            "_id, group_id, position, \"values\")\n",
            "    SELECT $1, m.record_id, m.group_id, m.position, m.\"values\"\n",
            "    FROM ",
            $from,
            ", jsonb_to_recordset(document -> 'memberships')\n",
            "        AS m (record_id uuid, group_id uuid, position smallint, \"values\" jsonb)\n",
            ")\n",
        )
    };
}

/// Makes these the group memberships of records that are there.
macro_rules! replace_memberships {
    ($record:literal, $from:literal) => {
        concat!(
            ", memberships_given AS MATERIALIZED (\n",
            "    SELECT m.* FROM ",
            $from,
            ", jsonb_to_recordset(document -> 'memberships')\n",
            "        AS m (record_id uuid, group_id uuid, position smallint, \"values\" jsonb)\n",
            "),\n",
            "memberships_removed AS (\n",
            "    DELETE FROM ",
            $record,
            "_memberships m USING ",
            $from,
            " a\n",
            "    WHERE m.workspace_id = $1 AND m.",
            $record,
            "_id = a.record_id\n",
            "        AND NOT EXISTS (SELECT FROM memberships_given g WHERE g.group_id = m.group_id)\n",
            "),\n",
            "memberships_written AS (\n",
            "    INSERT INTO ",
            $record,
            "_memberships (workspace_id, ",
            $record,
            "_id, group_id, position, \"values\")\n",
            "    SELECT $1, record_id, group_id, position, \"values\" FROM memberships_given\n",
            "    ON CONFLICT (workspace_id, ",
            $record,
            "_id, group_id)\n",
            "        DO UPDATE SET position = excluded.position, \"values\" = excluded.\"values\"\n",
            ")\n",
        )
    };
}

/// Writes the links of new records in custom fields. `$group` is `"group_id, "` for records whose fields are in groups, and
/// empty for others.
macro_rules! insert_references {
    ($record:literal, $group:literal, $from:literal) => {
        concat!(
            ", references_made AS (\n",
            "    INSERT INTO ", $record, "_references (workspace_id, ", $record, "_id, ", $group, "field_id, position,\n",
            "        target_person_id, target_company_id, target_user_id, target_object_id)\n",
            "    SELECT $1, r.record_id, ", $group, "r.field_id, r.position,\n",
            "        r.target_person_id, r.target_company_id, r.target_user_id, r.target_object_id\n",
            "    FROM ", $from, ", jsonb_to_recordset(document -> 'references')\n",
            "        AS r (record_id uuid, group_id uuid, field_id uuid, position smallint,\n",
            "            target_person_id uuid, target_company_id uuid, target_user_id uuid, target_object_id uuid)\n",
            ")\n",
        )
    };
}

/// Makes these the links of records that are there. `$group` is as for new ones.
macro_rules! replace_references {
    ($record:literal, $group:literal, $from:literal) => {
        concat!(
            ", references_given AS MATERIALIZED (\n",
            "    SELECT r.* FROM ", $from, ", jsonb_to_recordset(document -> 'references')\n",
            "        AS r (record_id uuid, group_id uuid, field_id uuid, position smallint,\n",
            "            target_person_id uuid, target_company_id uuid, target_user_id uuid, target_object_id uuid)\n",
            "),\n",
            "references_removed AS (\n",
            "    DELETE FROM ", $record, "_references r USING ", $from, " a\n",
            "    WHERE r.workspace_id = $1 AND r.", $record, "_id = a.record_id AND NOT EXISTS (\n",
            "        SELECT FROM references_given g WHERE g.field_id = r.field_id AND g.position = r.position)\n",
            "),\n",
            "references_written AS (\n",
            "    INSERT INTO ", $record, "_references (workspace_id, ", $record, "_id, ", $group, "field_id, position,\n",
            "        target_person_id, target_company_id, target_user_id, target_object_id)\n",
            "    SELECT $1, record_id, ", $group, "field_id, position,\n",
            "        target_person_id, target_company_id, target_user_id, target_object_id\n",
            "    FROM references_given\n",
            "    ON CONFLICT (workspace_id, ", $record, "_id, field_id, position) DO UPDATE SET\n",
            "        target_person_id = excluded.target_person_id, target_company_id = excluded.target_company_id,\n",
            "        target_user_id = excluded.target_user_id, target_object_id = excluded.target_object_id\n",
            ")\n",
        )
    };
}

/// Which records are shown, of a statement with a table `wanted` of one row: those whose `ids` it has.
macro_rules! by_ids {
    () => {
        "= ANY ((SELECT ids FROM wanted)::uuid[])"
    };
}

/// The same where the ids follow one another: an index is gone through once, and not asked for each.
macro_rules! from_first_to_last {
    () => {
        "BETWEEN (SELECT ids[1] FROM wanted) AND (SELECT ids[cardinality(ids)] FROM wanted)"
    };
}

/// A row with the version of the definitions by which to read records, and whether there are more; then the rows of records that
/// are shown. What belongs to them has rows of its own; each row has one of the columns, and the first are those of most rows.
/// To read each part for all records at once takes two thirds of the time of reading all parts of one record after the other,
/// and the order of rows is for the service to make: sorting takes the database a tenth of a page. `$before` has the types of
/// the columns of parts: `NULL::record, ` for each.
macro_rules! shown_records {
    ($table:literal, $columns:expr; $which:ident, $before:literal) => {
        concat!(
            "SELECT ",
            $before,
            "NULL::record, ((SELECT version FROM definition_versions v WHERE v.workspace_id = $1), w.more)\n",
            "FROM wanted w\nUNION ALL SELECT ",
            $before,
            "(",
            $columns,
            "), NULL\n",
            "FROM ",
            $table,
            " r WHERE r.workspace_id = $1 AND r.id ",
            $which!(),
            "\n"
        )
    };
}

/// Of records that are shown, their memberships: the first column.
macro_rules! shown_memberships {
    ($record:literal; $which:ident, $after:literal) => {
        concat!(
            "UNION ALL SELECT (m.",
            $record,
            "_id, m.position, m.group_id, m.\"values\")",
            $after,
            "\n",
            "FROM ",
            $record,
            "_memberships m WHERE m.workspace_id = $1 AND m.",
            $record,
            "_id ",
            $which!(),
            "\n"
        )
    };
}

/// Of records that are shown, the records that a list of theirs links to, with their names.
macro_rules! shown_links {
    ($list:literal, $record:literal, $target:literal, $table:literal, $name:literal;
     $which:ident, $before:literal, $after:literal) => {
        concat!(
            "UNION ALL SELECT ",
            $before,
            "(l.",
            $record,
            "_id, l.position, l.",
            $target,
            "_id,\n",
            "    (SELECT t.",
            $name,
            " FROM ",
            $table,
            " t WHERE t.workspace_id = $1 AND t.id = l.",
            $target,
            "_id))",
            $after,
            "\n",
            "FROM ",
            $list,
            " l WHERE l.workspace_id = $1 AND l.",
            $record,
            "_id ",
            $which!(),
            "\n"
        )
    };
}

/// Of records that are shown, their links in custom fields, with the names of what they lead to, between the columns of other
/// parts.
macro_rules! shown_references {
    ($record:literal; $which:ident, $before:literal, $after:literal) => {
        concat!(
            "UNION ALL SELECT ", $before, "(l.", $record, "_id, l.position, l.field_id, l.target_person_id, l.target_company_id,\n",
            "    l.target_user_id, l.target_object_id, CASE\n",
            "        WHEN l.target_person_id IS NOT NULL THEN\n",
            "            (SELECT t.full_name FROM people t WHERE t.workspace_id = $1 AND t.id = l.target_person_id)\n",
            "        WHEN l.target_company_id IS NOT NULL THEN\n",
            "            (SELECT t.name FROM companies t WHERE t.workspace_id = $1 AND t.id = l.target_company_id)\n",
            "        WHEN l.target_object_id IS NOT NULL THEN\n",
            "            (SELECT t.name FROM objects t WHERE t.workspace_id = $1 AND t.id = l.target_object_id)\n",
            "    END)", $after, "\n",
            "FROM ", $record, "_references l WHERE l.workspace_id = $1 AND l.", $record, "_id ", $which!(), "\n"
        )
    };
}

/// Deletes a record that is locked, and what is remembered of it: the whole statement.
macro_rules! delete_record {
    ($table:literal, $entity_type:literal) => {
        concat!(
            "WITH input AS MATERIALIZED (\n",
            "    SELECT $1 AS workspace_id, i.*\n",
            "    FROM jsonb_to_record($2::jsonb) AS i (id uuid, version bigint, actor uuid, now timestamptz)\n",
            "),\n",
            "found AS MATERIALIZED (\n",
            "    SELECT r.id, r.version FROM ", $table, " r, input WHERE r.workspace_id = $1 AND r.id = input.id\n",
            "),\n",
            "gone AS (\n",
            "    DELETE FROM ", $table, " r USING found, input\n",
            "    WHERE r.workspace_id = $1 AND r.id = found.id AND found.version = coalesce(input.version, found.version)\n",
            "    RETURNING r.id\n",
            "),\n",
            "changes_erased AS (\n",
            "    UPDATE changes c SET payload = NULL FROM gone WHERE c.workspace_id = $1\n",
            "        AND c.entity_type = '", $entity_type, "' AND c.entity_id = gone.id AND c.payload IS NOT NULL\n",
            "),\n",
            "answers_erased AS (\n",
            "    UPDATE remembered_requests r SET answer = NULL FROM gone\n",
            "    WHERE r.workspace_id = $1 AND r.record_ids @> ARRAY[gone.id]\n",
            "),\n",
            "logged AS (\n",
            "    INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation)\n",
            "    SELECT $1, input.now, input.actor, '", $entity_type, "', gone.id, 'delete' FROM gone, input\n",
            ")\n",
            "SELECT json_build_object('found', (SELECT version FROM found), 'gone', EXISTS (SELECT FROM gone))\n",
        )
    };
}

pub(crate) use {
    by_ids, delete_record, from_first_to_last, insert_memberships, insert_references, replace_memberships,
    replace_references, shown_links, shown_memberships, shown_records, shown_references,
};
