//! Administrators at the same moment.

use proto::v1::custom_field::Type;
use tests::TestServer;
use tonic::Code;

use super::{create_field, create_group, field, fields, john, reason, rename};

const TOGETHER: usize = 16;

#[tokio::test(flavor = "multi_thread")]
async fn of_many_fields_of_one_name_made_at_once_one_is_made() {
    let server = TestServer::start().await;
    let client = john(&server);
    let group = create_group(&client, "Work").await;
    let tasks: Vec<_> = (0..TOGETHER)
        .map(|_| {
            let (client, field) = (client.clone(), field(&group, "Name", Type::Text));
            tokio::spawn(async move { create_field(&client, field).await })
        })
        .collect();
    let (mut made, mut refused) = (Vec::new(), Vec::new());
    for task in tasks {
        match task.await.unwrap() {
            Ok(field) => made.push(field.id),
            Err(status) => refused.push(status),
        }
    }
    assert_eq!((made.len(), refused.len()), (1, TOGETHER - 1), "{refused:?}");
    for status in refused {
        assert_eq!(status.code(), Code::AlreadyExists, "{status:?}");
        assert_eq!(reason(&status), ("NAME_TAKEN".to_owned(), made[0].clone()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_changes_at_once_none_is_lost_and_no_two_fields_share_a_place() {
    let server = TestServer::start().await;
    let client = john(&server);
    let group = create_group(&client, "Work").await;
    let first = create_field(&client, field(&group, "First", Type::Text))
        .await
        .unwrap()
        .id;
    let version = "SELECT max(version) FROM definition_versions";
    let before = server.database.number(version).await;
    let creates = (0..TOGETHER).map(|number| {
        let (client, field) = (
            client.clone(),
            field(&group, &format!("Field {number}"), Type::Text),
        );
        tokio::spawn(async move { create_field(&client, field).await.map(drop) })
    });
    let renames = (0..TOGETHER).map(|number| {
        let (client, first) = (client.clone(), first.clone());
        tokio::spawn(async move {
            rename(&client, &first, &format!("First {number}"))
                .await
                .map(drop)
        })
    });
    for task in creates.chain(renames).collect::<Vec<_>>() {
        task.await.unwrap().unwrap();
    }
    let listed = fields(&client, &group, "person", 7).await.unwrap();
    assert_eq!(listed.len(), TOGETHER + 1);
    // All the names that the first one had, and had none twice.
    assert_eq!(listed[0].former_names.len(), TOGETHER, "{:?}", listed[0]);
    let places = format!(
        "SELECT count(DISTINCT position) FROM custom_fields WHERE group_id = '{}'",
        &group[4..]
    );
    assert_eq!(
        server.database.number(&places).await,
        listed.len().cast_signed() as i64
    );
    assert!(server.database.number(version).await >= before + 2 * TOGETHER as i64);
}
