//! What is whole: answers without holes, and rows that refer to rows.

use serde_json::Value;
use tests::TestDatabase;

/// No list has a null in it, and whatever has an id or a name has one that says something.
pub(super) fn assert_no_holes(value: &Value, what: &str) {
    match value {
        Value::Array(items) => {
            for item in items {
                assert!(!item.is_null(), "after {what}: a null in {value}");
                assert_no_holes(item, what);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                if ["id", "name", "fullName", "createdBy", "entityType"].contains(&key.as_str()) {
                    assert!(
                        !field.is_null() && *field != "",
                        "after {what}: no {key} in {value}"
                    );
                }
                assert_no_holes(field, what);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Asks the database's own catalogue what refers to what, and looks each up.
pub(super) async fn assert_sound(database: &TestDatabase, what: &str) {
    let client = database.connect().await;
    let foreign_keys = "SELECT conname::text, conrelid::regclass::text, confrelid::regclass::text, \
            (SELECT string_agg(format('p.%I = c.%I', f.attname, a.attname), ' AND ' ORDER BY n) \
             FROM unnest(conkey, confkey) WITH ORDINALITY AS k (own, other, n) \
             JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.own \
             JOIN pg_attribute f ON f.attrelid = confrelid AND f.attnum = k.other), \
            (SELECT string_agg(format('c.%I IS NOT NULL', a.attname), ' AND ') \
             FROM unnest(conkey) AS k (own) JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.own) \
        FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace";
    let keys = client.query(foreign_keys, &[]).await.unwrap();
    assert!(keys.len() > 40, "the keys are elsewhere");
    for key in keys {
        let [name, table, parent, equal, present] = [0, 1, 2, 3, 4].map(|place| key.get::<_, String>(place));
        let sql = format!(
            "SELECT count(*) FROM {table} c WHERE {present} AND NOT EXISTS (SELECT FROM {parent} p WHERE {equal})"
        );
        let dangling: i64 = client.query_one(&sql, &[]).await.unwrap().get(0);
        assert_eq!(dangling, 0, "after {what}: {name}");
    }
    // Values by field and option: each is one that there is, of that kind of record in that group.
    let json = "SELECT table_name::text, column_name::text FROM information_schema.columns \
        WHERE table_schema = 'public' AND data_type IN ('json', 'jsonb') ORDER BY 1, 2";
    let columns = client.query(json, &[]).await.unwrap();
    let columns: Vec<(String, String)> = columns.iter().map(|row| (row.get(0), row.get(1))).collect();
    let known = [
        // What was, by ids; it goes with its record.
        ("changes", "payload"),
        ("company_memberships", "values"),
        ("objects", "values"),
        ("person_memberships", "values"),
    ];
    assert_eq!(
        columns,
        known.map(|(table, column)| (table.to_owned(), column.to_owned()))
    );
    for (table, owner) in [
        (
            "person_memberships",
            "f.entity_type = 'person' AND f.group_id = r.group_id",
        ),
        (
            "company_memberships",
            "f.entity_type = 'company' AND f.group_id = r.group_id",
        ),
        ("objects", "f.object_type_id = r.object_type_id"),
    ] {
        let fields = format!(
            "SELECT count(*) FROM {table} r, jsonb_object_keys(r.\"values\") k WHERE NOT EXISTS \
             (SELECT FROM custom_fields f WHERE f.workspace_id = r.workspace_id AND f.id = k::uuid AND {owner})"
        );
        assert_eq!(
            database.number(&fields).await,
            0,
            "after {what}: fields in {table}"
        );
        let options = format!(
            "SELECT count(*) FROM {table} r, jsonb_each(r.\"values\") v (field, value), \
                 regexp_matches(v.value::text, '[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}', 'g') m \
             WHERE NOT EXISTS (SELECT FROM custom_field_options o WHERE o.workspace_id = r.workspace_id \
                 AND o.id = m[1]::uuid AND o.field_id = v.field::uuid)"
        );
        assert_eq!(
            database.number(&options).await,
            0,
            "after {what}: options in {table}"
        );
        let empty = format!(
            "SELECT count(*) FROM {table} r, jsonb_each(r.\"values\") v (f, value) WHERE v.value IN ('null', '[]', '\"\"')"
        );
        assert_eq!(
            database.number(&empty).await,
            0,
            "after {what}: empty values in {table}"
        );
    }
    for (table, owners) in [("object_people", "person"), ("object_companies", "company")] {
        let elsewhere = format!(
            "SELECT count(*) FROM {table} t JOIN objects o ON o.workspace_id = t.workspace_id AND o.id = t.object_id \
             WHERE o.group_id <> t.group_id OR t.{owners}_id IS NULL"
        );
        assert_eq!(database.number(&elsewhere).await, 0, "after {what}: {table}");
    }
    for kind in ["person", "company"] {
        let miscounted = format!(
            "SELECT count(*) FROM (SELECT {kind}_id, user_id, count(*) n FROM interactions WHERE {kind}_id IS NOT NULL \
             GROUP BY 1, 2) i FULL JOIN {kind}_interaction_counts c USING ({kind}_id, user_id) \
             WHERE i.n IS DISTINCT FROM c.count"
        );
        assert_eq!(
            database.number(&miscounted).await,
            0,
            "after {what}: interactions with {kind}"
        );
    }
}
