//! What `people admin` says to people.

use tests::{TestDatabase, fixture, people};

/// Whether the command went well, and what it said: to standard output if it did, else to standard error.
async fn said(database: &TestDatabase, arguments: &[&str]) -> (bool, String) {
    let arguments: Vec<_> = ["admin"].iter().chain(arguments).copied().collect();
    let output = people(database.url(), &arguments).await;
    let well = output.status.success();
    let text = if well { output.stdout } else { output.stderr };
    (well, String::from_utf8(text).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn which_workspace_must_be_said_where_there_are_several() {
    let database = TestDatabase::new().await;
    let (well, text) = said(&database, &["group", "list"]).await;
    assert!(
        !well && text.contains("--workspace") && text.contains("Demo"),
        "{text}"
    );
    let (well, text) = said(&database, &["group", "list", "--workspace", "Nowhere"]).await;
    assert!(!well && text.contains("Other"), "{text}");
    let (well, text) = said(&database, &["group", "list", "--workspace", "Demo"]).await;
    assert!(
        well && text.starts_with("ID ") && text.contains("Engineering"),
        "{text}"
    );
    let sql = "SELECT 'wks_' || id FROM workspaces WHERE name = 'Other'";
    let id = database.text(sql).await;
    let (well, text) = said(&database, &["group", "list", "--workspace", &id]).await;
    assert!(
        well && text.contains(fixture::OTHER_GROUP) && !text.contains("Friends"),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_and_fields_are_changed_by_their_names() {
    let database = TestDatabase::new().await;
    let run =
        async |arguments: &[&str]| said(&database, &[arguments, &["--workspace", "Demo"]].concat()).await;
    for (arguments, expected) in [
        (&["group", "rename", "Friends", "Pals"][..], "Pals"),
        (
            &["field", "change", "Pals", "Favorite color", "--rename", "Colour"],
            "Colour",
        ),
        (
            &[
                "field",
                "change",
                "Engineering",
                "Status",
                "--add-option",
                "Retired",
                "--order",
                "Retired",
            ],
            "Retired, Active, Inactive",
        ),
        (
            &["field", "change", "Clients", "Revenue", "--format", "percent"],
            "percent",
        ),
        (&["field", "delete", "Pals", "Favorite number"], "Favorite number"),
        (&["field", "list", "Pals"], "(was Favorite color)"),
        (&["group", "delete", "Pals"], "Pals"),
        (&["user", "deactivate", "jane@example.com"], "Jane Doe"),
        (&["user", "list"], "deactivated"),
        (&["key", "list"], "revoked"),
    ] {
        let (well, text) = run(arguments).await;
        assert!(well && text.contains(expected), "{arguments:?}: {text}");
    }
    let (_, fields) = run(&["field", "list", "Clients"]).await;
    assert!(fields.contains("percent") && !fields.contains("USD"), "{fields}");
    let (_, groups) = run(&["group", "list"]).await;
    assert!(
        !groups.contains("Friends") && !groups.contains("Pals"),
        "{groups}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_is_told_with_what_can() {
    let database = TestDatabase::new().await;
    for (arguments, expected) in [
        (&["group", "delete", "Nobody"][..], "people admin group list"),
        (&["group", "create", " "], "group.name"),
        (&["user", "deactivate", "nobody"], "people admin user list"),
        (
            &["user", "create", "--name", "J", "--email", "JANE@example.com"],
            fixture::JANE,
        ),
        (
            &["field", "change", "Friends", "Nothing", "--rename", "X"],
            "people admin field list",
        ),
        (&["field", "change", "Friends", "Assignee"], "--help"),
        (
            &["field", "create", "Friends", "Assignee", "--type", "textField"],
            "cfd_",
        ),
        (
            &["field", "create", "Friends", "X", "--type", "nothing"],
            "singleSelect",
        ),
        (
            &[
                "field",
                "create",
                "Friends",
                "X",
                "--type",
                "textField",
                "--for",
                "Deals",
            ],
            "person, company",
        ),
        (&["field", "list", "Friends", "--for", "Deals"], "person, company"),
        (
            &[
                "key",
                "create",
                "--user",
                fixture::JANE,
                "--name",
                "x",
                "--scope",
                "all",
            ],
            "admin",
        ),
        (
            &[
                "key",
                "create",
                "--user",
                fixture::JANE,
                "--name",
                "x",
                "--scope",
                "read",
                "--expires",
                "2020-01-01",
            ],
            "future",
        ),
        (
            &["key", "revoke", "key_00000000-0000-7000-8000-000000000000"],
            "no such API key",
        ),
        (
            &[
                "field",
                "change",
                "Engineering",
                "Status",
                "--remove-option",
                "Gone",
            ],
            "Active, Inactive",
        ),
    ] {
        let (well, text) = said(&database, &[arguments, &["--workspace", "Demo"]].concat()).await;
        assert!(!well && text.contains(expected), "{arguments:?}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn used_options_are_removed_on_the_command_line_only_when_asked_to() {
    let server = tests::TestServer::start().await;
    let [_, api] = server.both();
    let body = serde_json::json!({
        "groups": [{"id": fixture::ENGINEERING}],
        "customFieldValues": {fixture::ENGINEERING: {"Status": "Active"}},
    });
    let person = api.create(&body).await.unwrap();
    let remove = [
        "field",
        "change",
        "Engineering",
        "Status",
        "--remove-option",
        "Active",
        "--workspace",
        "Demo",
    ];
    let (well, text) = said(&server.database, &remove).await;
    assert!(!well && text.contains("\"Active\""), "{text}");
    let (well, text) = said(
        &server.database,
        &[&remove[..], &["--remove-used-options"]].concat(),
    )
    .await;
    assert!(well && !text.contains("Active"), "{text}");
    let stored = "SELECT count(*) FROM person_memberships WHERE \"values\" <> '{}'";
    assert_eq!(server.database.number(stored).await, 0, "{person}");
}
