//! Texts of several words: a search looks up the one that seems rare, and what it finds must contain all of them.

use tests::{Condition, Operand, Query, TestDatabase, TestServer};

use super::plans::FILL;

/// Fields with texts of those who fill the database, what is asked for, and the same in SQL.
fn examples() -> Vec<(String, &'static str, &'static str)> {
    let description = "p.description ILIKE";
    let custom = "EXISTS (SELECT FROM person_memberships m JOIN custom_fields f ON f.name = 'Text' AND f.group_id = m.group_id \
        WHERE m.workspace_id = p.workspace_id AND m.person_id = p.id AND m.\"values\" ->> f.id::text ILIKE";
    let all = [
        // The word is everybody's, the number is not.
        ("description", "description 1999", description),
        ("description", "ription 199", description),
        // Each part is there, but not next to the other.
        ("description", "1999 description", description),
        ("description", "description unheard", description),
        ("fullName", "first 777 last", "p.full_name ILIKE"),
        ("emails", "7777@example.com", "p.emails::text ILIKE"),
        ("addresses", "street 19999", "p.addresses::text ILIKE"),
        // A few in each thousand: some on the first way, more on the second, the rest from the index.
        ("jobTitle", "job 77", "p.job_title ILIKE"),
        ("jobTitle", "job 123", "p.job_title ILIKE"),
        ("jobTitle", "job 456", "p.job_title ILIKE"),
    ];
    let all = all.map(|(field, text, sql)| (field.to_owned(), text, sql));
    let of_group = (super::custom("Text"), "text 1234", custom);
    all.into_iter().chain([of_group]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_of_several_words_finds_who_has_all_of_it() {
    let server = TestServer::start_with(TestDatabase::new().await, &[("PEOPLE_RATE_LIMIT", "0")]).await;
    let client = server.database.connect().await;
    client.batch_execute(FILL).await.unwrap();
    client.batch_execute("VACUUM (ANALYZE)").await.unwrap();
    let api = &server.both()[1];
    let mut all = 0;
    for (field, text, sql) in examples() {
        let end = if sql.starts_with("EXISTS") { ")" } else { "" };
        let sql = format!("SELECT 'per_' || p.id FROM people p WHERE {sql} '%{text}%'{end} ORDER BY p.id");
        let rows = client.query(&sql, &[]).await.unwrap();
        let expected: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        let mut query = Query::of(Condition::new(&field, "like", &[Operand::text(text)]));
        query.limit = Some(100);
        let found = api.list_all(&query).await.unwrap();
        let found: Vec<_> = found.iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(found, expected, "{field} like {text}");
        all += found.len();
    }
    // Or nothing was shown by this.
    assert!(all > 100, "{all}");

    let many = "description 4711 of ".repeat(60);
    for api in server.both() {
        let query = Query::of(Condition::new(
            "description",
            "like",
            &[Operand::text(many.trim())],
        ));
        assert_eq!(api.list_all(&query).await, Ok(Vec::new()), "{}", api.name());
    }
}
