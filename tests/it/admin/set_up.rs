//! A workspace from nothing, until a person is in it.

use proto::v1::NumericConfig;
use proto::v1::custom_field::Type;
use proto::v1::numeric_config::Format;
use serde_json::{Value, json};
use tests::{GrpcClient, TestDatabase, TestServer, people as run};

use super::{create_field, create_group, field, fields, options, people};

/// Runs `people admin` with JSON for an answer.
pub(super) async fn admin(database: &TestDatabase, arguments: &[&str]) -> Value {
    let arguments: Vec<_> = ["admin", "--json"].iter().chain(arguments).copied().collect();
    let output = run(database.url(), &arguments).await;
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A new workspace with one administrator: the id, the user's id, and a client with the user's key.
pub(super) async fn new_workspace(server: &TestServer) -> (String, String, GrpcClient) {
    let workspace = admin(&server.database, &["workspace", "create", " New "]).await;
    assert_eq!(workspace["name"], "New");
    let workspace = workspace["id"].as_str().unwrap().to_owned();
    let place = ["--workspace", workspace.as_str()];
    let user = [
        "user",
        "create",
        "--name",
        "Ann Lee",
        "--email",
        "ann@example.com",
    ];
    let user = admin(&server.database, &[&user[..], &place].concat()).await;
    let key = [
        "key",
        "create",
        "--user",
        "ANN@example.com",
        "--name",
        "first",
        "--scope",
        "admin",
    ];
    let key = admin(&server.database, &[&key[..], &place].concat()).await;
    let client = server.grpc_as(key["secret"].as_str().unwrap());
    (workspace, user["id"].as_str().unwrap().to_owned(), client)
}

/// What a person has in a field of each type, and what is shown of it.
fn values(user: &str, company: &str) -> Value {
    json!({
        "Text": "some text", "Magic": "made by a program", "Number": "42.50", "Date": "2024-02-29",
        "Single": "B", "Multiple": ["C", "A"], "Contacts": [{"id": company}], "Users": [{"id": user}], "Deals": null,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_is_set_up_over_grpc_with_a_field_of_every_type_and_takes_a_person() {
    let server = TestServer::start().await;
    let (_, user, client) = new_workspace(&server).await;
    let friends = create_group(&client, "Friends").await;
    let work = create_group(&client, "Work").await;
    for (name, kind) in [
        ("Text", Type::Text),
        ("Magic", Type::Magic),
        ("Number", Type::Numeric),
        ("Date", Type::Date),
        ("Single", Type::SingleSelect),
        ("Multiple", Type::MultipleSelect),
        ("Contacts", Type::Contact),
        ("Users", Type::User),
        ("Deals", Type::Object),
    ] {
        let mut field = field(&work, name, kind);
        match kind {
            Type::SingleSelect | Type::MultipleSelect => field.options = options(&["A", "B", "C"]),
            Type::Numeric => {
                field.numeric = Some(NumericConfig {
                    format: Format::Currency.into(),
                    currency: "EUR".to_owned(),
                });
            }
            Type::Unspecified
            | Type::Text
            | Type::Magic
            | Type::Date
            | Type::Contact
            | Type::User
            | Type::Object => {}
        }
        let made = create_field(&client, field.clone()).await.unwrap();
        assert!(made.id.starts_with("cfd_"), "{made:?}");
        assert_eq!(
            (&made.name, made.r#type, &made.numeric),
            (&field.name, field.r#type, &field.numeric)
        );
        assert_eq!(made.options.len(), field.options.len());
        assert!(made.options.iter().all(|option| option.color.len() == 7));
    }
    let defined = fields(&client, &work, "person", 4).await.unwrap();
    let names: Vec<_> = defined.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Text", "Magic", "Number", "Date", "Single", "Multiple", "Contacts", "Users", "Deals"
        ]
    );
    assert_eq!(fields(&client, &friends, "person", 0).await.unwrap(), []);

    let api = people(&client);
    let first = api
        .create(&json!({"companies": [{"name": "Acme"}]}))
        .await
        .unwrap();
    let company = first["companies"][0]["id"].as_str().unwrap().to_owned();
    let body = json!({
        "firstName": "Bo",
        "groups": [{"id": friends}, {"id": work}],
        "customFieldValues": {&work: values(&user, &company)},
    });
    let made = api.create(&body).await.unwrap();
    let shown = &made["customFieldValues"][&work];
    assert_eq!(shown["Number"], "42.5");
    assert_eq!(shown["Single"], "B");
    assert_eq!(shown["Multiple"], json!(["C", "A"]));
    assert_eq!(shown["Contacts"][0]["id"], json!(company));
    assert_eq!(shown["Users"][0]["email"], "ann@example.com");
    assert_eq!(shown["Deals"], Value::Null);
    assert_eq!(shown.as_object().unwrap().len(), 9);
    assert_eq!(made["createdBy"]["fullName"], "Ann Lee");
    assert_eq!(api.get(made["id"].as_str().unwrap()).await.unwrap(), made);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_is_set_up_on_the_command_line_beside_a_running_service() {
    let server = TestServer::start().await;
    let (workspace, user, client) = new_workspace(&server).await;
    let run = async |arguments: &[&str]| {
        let place = ["--workspace", workspace.as_str()];
        admin(&server.database, &[arguments, &place].concat()).await
    };
    for name in ["Friends", "Work"] {
        assert_eq!(run(&["group", "create", name]).await["name"], name);
    }
    let groups = run(&["group", "list"]).await;
    let work = groups[1]["id"].as_str().unwrap().to_owned();
    let select = ["--option", "A=#112233", "--option", "B", "--option", "C"];
    for (name, kind, more) in [
        ("Text", "textField", &[][..]),
        ("Magic", "magicField", &[]),
        ("Number", "numericField", &["--currency", "EUR"]),
        ("Date", "dateField", &[]),
        ("Single", "singleSelect", &select),
        ("Multiple", "multipleSelect", &select),
        ("Contacts", "contactField", &[]),
        ("Users", "userField", &[]),
        ("Deals", "objectField", &[]),
    ] {
        let field = run(&[&["field", "create", "Work", name, "--type", kind], more].concat()).await;
        assert_eq!((&field["type"], &field["name"]), (&json!(kind), &json!(name)));
    }
    run(&[
        "field",
        "create",
        &work,
        "Closing date",
        "--type",
        "dateField",
        "--for",
        "Deals",
    ])
    .await;

    let listed = run(&["field", "list", "Work"]).await;
    assert_eq!(listed.as_array().unwrap().len(), 10);
    assert_eq!(
        listed[2]["config"],
        json!({"format": "currency", "currency": "EUR"})
    );
    assert_eq!(listed[4]["options"][0], json!({"label": "A", "color": "#112233"}));
    let of_deals = run(&["field", "list", "Work", "--for", "Deals"]).await;
    assert_eq!(of_deals[0]["name"], "Closing date");

    // Another program made all of it; the service must notice within a second, and at once when a call fails by it.
    let body = json!({
        "groups": [{"id": work}],
        "customFieldValues": {&work: {"Text": "some text", "Single": "A", "Users": [{"id": user}]}},
    });
    let made = people(&client).create(&body).await.unwrap();
    assert_eq!(made["customFieldValues"][&work]["Single"], "A");
}
