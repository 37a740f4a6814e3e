//! What every test database holds: the demo workspace as `people demo` makes it, a group in it with a field of every
//! type, keys of every state, and another workspace that nobody of the first may see.

use chrono::{DateTime, Utc};
use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use domain::{
    CompanyDraft, CustomField, DealDraft, DealPlace, Definitions, Deprecations, FieldSet, FieldType,
    InteractionDraft, Judging, Name, NumericFormat, Path, RawCompanyRecord, RawDeal, Scope, SelectOption,
    SelectOptions, User, UserId, Violations, WorkspaceId,
};
use persistence::api_keys::{self, NewApiKey};
use persistence::companies::{self, CompanyCreated, NewCompany};
use persistence::custom_fields::{self, FieldOwner};
use persistence::deals::{self, DealCreated, DealHome, NewDeal};
use persistence::{Writing, definitions, groups, interactions, users, workspaces};
use std::time::Duration;
use uuid::Uuid;

use crate::binary;

/// The demo workspace's key: scope admin, John Doe's.
pub const KEY: &str = "people_testkeyofjohndoe00000000000000000000000000";
/// A key of Jane Doe's that may only read.
pub const READ_KEY: &str = "people_testkeyread000000000000000000000000000000";
/// A key of Jane Doe's that may write.
pub const WRITE_KEY: &str = "people_testkeywrite00000000000000000000000000000";
/// A key that was revoked.
pub const REVOKED_KEY: &str = "people_testkeyrevoked000000000000000000000000000";
/// A key whose time is over.
pub const EXPIRED_KEY: &str = "people_testkeyexpired000000000000000000000000000";
/// A key of the other workspace.
pub const OTHER_KEY: &str = "people_testkeyother00000000000000000000000000000";

/// The owner of the demo key.
pub const JOHN: &str = "usr_bc984b3f-0386-434d-82d7-a91eb6badd71";
/// The other user of the demo workspace.
pub const JANE: &str = "usr_c3606e3b-0a92-4849-90e5-88a8d3f388d6";
/// The demo group Engineering.
pub const ENGINEERING: &str = "grp_5fa60242-0756-4e31-8cca-30c2c5ff1ac2";
/// The demo group Friends.
pub const FRIENDS: &str = "grp_acdf2ad9-6a66-4d32-8594-9694913ac717";
/// The demo group Clients.
pub const CLIENTS: &str = "grp_79b6ed73-9939-4118-ba65-7f8cdf401052";
/// The demo company Tech Corp.
pub const TECH_CORP: &str = "com_92346499-30bf-4278-ae8e-4aa3ae2ace2c";
/// The demo company HR services.
pub const HR_SERVICES: &str = "com_9a03f575-8a85-40b0-ba2e-16d8e29e3b03";
/// The demo person Bob Smith.
pub const BOB: &str = "per_ed110a47-5d09-43bf-b2e2-791d8231eb5f";

/// The group with a field of every type: Text, Magic, Number, Date, Select and Multiple (A, B, C; A was Alpha), Contacts,
/// Users, Deals, and Renamed, which was Formerly.
pub const EVERYTHING: &str = "grp_01900000-0000-7000-8000-000000000001";
/// An object of the type that the field Deals takes.
pub const DEAL: &str = "obj_01900000-0000-7000-8000-000000000002";
/// An object of another type.
pub const PROJECT: &str = "obj_01900000-0000-7000-8000-000000000003";
/// A user of the other workspace.
pub const OTHER_USER: &str = "usr_01900000-0000-7000-8000-000000000004";
/// A group of the other workspace.
pub const OTHER_GROUP: &str = "grp_01900000-0000-7000-8000-000000000005";
/// A company of the other workspace.
pub const OTHER_COMPANY: &str = "com_01900000-0000-7000-8000-000000000006";

/// An object of the other workspace.
pub const OTHER_DEAL: &str = "obj_01900000-0000-7000-8000-000000000007";

/// When all of it was made.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_600_000_000, 0).unwrap()
}

fn uuid(id: &str) -> Uuid {
    id.split_once('_').unwrap().1.parse().unwrap()
}

fn id<Id: From<Uuid>>(text: &str) -> Id {
    uuid(text).into()
}

fn fresh<Id: From<Uuid>>() -> Id {
    Uuid::now_v7().into()
}

/// A connection as the owner of the tables, within the demo workspace.
///
/// # Panics
/// If there is none to be had.
pub async fn connection(url: &str) -> (AsyncPgConnection, WorkspaceId) {
    let mut connection = AsyncPgConnection::establish(url).await.unwrap();
    let all = workspaces::list(&connection).await.unwrap();
    let (workspace_id, _) = *all.iter().find(|(_, name)| name != "Other").unwrap();
    let enter = format!("SET people.workspace_id = '{}'", workspace_id.uuid());
    connection.batch_execute(&enter).await.unwrap();
    (connection, workspace_id)
}

/// Fills an empty database.
pub(crate) async fn fill(url: &str) {
    persistence::migrate(url).await.unwrap();
    let demo = binary::command(url)
        .arg("demo")
        .env("PEOPLE_DEMO_API_KEY", KEY)
        .output()
        .await
        .unwrap();
    assert!(demo.status.success(), "{}", String::from_utf8_lossy(&demo.stderr));

    let mut connection = AsyncPgConnection::establish(url).await.unwrap();
    let [(workspace, _)] = &*workspaces::list(&connection).await.unwrap() else {
        panic!("the demo is one workspace");
    };
    let workspace = *workspace;
    keys(&mut connection, workspace).await;
    everything(&mut connection, workspace).await;
    other_workspace(&mut connection).await;
}

async fn keys(connection: &mut AsyncPgConnection, workspace_id: WorkspaceId) {
    let past = now() + Duration::from_secs(1);
    for (secret, scope, expires_at) in [
        (READ_KEY, Scope::Read, None),
        (WRITE_KEY, Scope::Write, None),
        (REVOKED_KEY, Scope::Admin, None),
        (EXPIRED_KEY, Scope::Admin, Some(past)),
    ] {
        let key = NewApiKey {
            id: fresh(),
            workspace_id,
            user_id: id(JANE),
            name: "test",
            scope,
            expires_at,
        };
        api_keys::insert(connection, &key, secret, now()).await.unwrap();
        if secret == REVOKED_KEY {
            assert!(
                api_keys::revoke(connection, workspace_id, key.id, past)
                    .await
                    .unwrap()
            );
        }
    }
}

fn select(labels: &[&str]) -> SelectOptions {
    let option = |label: &&str| SelectOption {
        id: fresh(),
        label: (*label).to_owned(),
        color: "#112233".to_owned(),
        former_labels: if *label == "A" {
            vec!["Alpha".to_owned()]
        } else {
            vec![]
        },
    };
    SelectOptions::new(labels.iter().map(option).collect())
}

async fn everything(connection: &mut AsyncPgConnection, workspace: WorkspaceId) {
    let group = id(EVERYTHING);
    groups::insert(connection, workspace, group, "Everything", now())
        .await
        .unwrap();
    let (deals, projects) = (fresh(), fresh());
    for (id, name) in [(deals, "Deals"), (projects, "Projects")] {
        groups::insert_object_type(connection, workspace, group, id, name)
            .await
            .unwrap();
    }
    for (object, object_type_id, name) in [(DEAL, deals, "Big deal"), (PROJECT, projects, "Project X")] {
        let home = DealHome {
            group_id: group,
            object_type_id,
        };
        deal(connection, workspace, id(JOHN), home, object, name).await;
    }
    for (name, field_type) in [
        ("Text", FieldType::Text),
        ("Magic", FieldType::Magic),
        (
            "Number",
            FieldType::Numeric {
                format: NumericFormat::Default,
                currency: None,
            },
        ),
        ("Date", FieldType::Date),
        ("Select", FieldType::SingleSelect(select(&["A", "B", "C"]))),
        ("Multiple", FieldType::MultipleSelect(select(&["A", "B", "C"]))),
        ("Contacts", FieldType::Contact),
        ("Users", FieldType::User),
        ("Deals", FieldType::Object(deals)),
        ("Renamed", FieldType::Text),
    ] {
        let former_names = if name == "Renamed" {
            vec!["Formerly".to_owned()]
        } else {
            vec![]
        };
        let field = CustomField {
            id: fresh(),
            name: name.to_owned(),
            former_names,
            field_type,
        };
        custom_fields::insert(connection, workspace, group, FieldOwner::People, &field, now())
            .await
            .unwrap();
    }
}

async fn other_workspace(connection: &mut AsyncPgConnection) {
    let workspace_id = fresh();
    workspaces::insert(connection, workspace_id, "Other", now())
        .await
        .unwrap();
    let user = User {
        id: id(OTHER_USER),
        full_name: "Eve".to_owned(),
        email: "eve@example.com".to_owned(),
        deactivated_at: None,
    };
    users::insert(connection, workspace_id, &user, now())
        .await
        .unwrap();
    groups::insert(connection, workspace_id, id(OTHER_GROUP), "Engineering", now())
        .await
        .unwrap();
    let object_type_id = fresh();
    groups::insert_object_type(connection, workspace_id, id(OTHER_GROUP), object_type_id, "Deals")
        .await
        .unwrap();
    let home = DealHome {
        group_id: id(OTHER_GROUP),
        object_type_id,
    };
    deal(connection, workspace_id, user.id, home, OTHER_DEAL, "Their deal").await;
    company(connection, workspace_id, user.id, OTHER_COMPANY, "Tech Corp").await;
    let key = NewApiKey {
        id: fresh(),
        workspace_id,
        user_id: user.id,
        name: "test",
        scope: Scope::Admin,
        expires_at: None,
    };
    api_keys::insert(connection, &key, OTHER_KEY, now())
        .await
        .unwrap();
}

fn writing(workspace_id: WorkspaceId, actor: UserId, definitions: &Definitions) -> Writing {
    Writing {
        workspace_id,
        actor,
        now: now(),
        definitions_version: definitions.version(),
        atomic: true,
    }
}

/// Makes a company of a name alone.
async fn company(
    connection: &mut AsyncPgConnection,
    workspace: WorkspaceId,
    actor: UserId,
    company: &str,
    name: &str,
) {
    let definitions = definitions::load(connection, workspace).await.unwrap().unwrap();
    let mut violations = Violations::default();
    let path = Path::root("company");
    let raw = RawCompanyRecord {
        name: Name::parse(name.to_owned(), &path, &mut violations),
        ..RawCompanyRecord::default()
    };
    let mut judging = Judging {
        definitions: &definitions,
        deprecations: &mut Deprecations::default(),
        violations: &mut violations,
    };
    let company = NewCompany {
        id: id(company),
        draft: CompanyDraft::read(raw, &path, &mut judging).unwrap(),
        store: true,
    };
    let created = companies::create(connection, writing(workspace, actor, &definitions), &company).await;
    assert!(matches!(created.unwrap(), CompanyCreated::Company(_)));
}

/// Makes a deal of a name alone.
async fn deal(
    connection: &mut AsyncPgConnection,
    workspace: WorkspaceId,
    actor: UserId,
    home: DealHome,
    deal: &str,
    name: &str,
) {
    let definitions = definitions::load(connection, workspace).await.unwrap().unwrap();
    let mut violations = Violations::default();
    let path = Path::root("deal");
    let raw = RawDeal {
        name: Name::parse(name.to_owned(), &path, &mut violations),
        ..RawDeal::default()
    };
    let place = DealPlace {
        group_id: home.group_id,
        fields: &FieldSet::default(),
    };
    let mut judging = Judging {
        definitions: &definitions,
        deprecations: &mut Deprecations::default(),
        violations: &mut violations,
    };
    let deal = NewDeal {
        id: id(deal),
        home,
        draft: DealDraft::read(raw, place, &path, &mut judging).unwrap(),
        store: true,
    };
    let created = deals::create(connection, writing(workspace, actor, &definitions), &deal).await;
    assert!(matches!(created.unwrap(), DealCreated::Deal(_)));
}

/// Logs an interaction of a user of the demo workspace with one of its people.
///
/// # Panics
/// If the database refuses it.
pub async fn log_interaction(url: &str, user: &str, person: &str, at: DateTime<Utc>) {
    let (connection, workspace) = connection(url).await;
    let draft = InteractionDraft::read(
        person,
        Some(at),
        "Lunch".to_owned(),
        String::new(),
        "lunch",
        &Path::root("interaction"),
        &mut Violations::default(),
    );
    let logged = interactions::log(
        &connection,
        workspace,
        fresh(),
        id(user),
        &draft.unwrap(),
        at,
        true,
    )
    .await;
    assert!(logged.unwrap().is_some());
}
