//! What the demo workspace holds: just what the description of the first call speaks of.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use domain::{
    CompanyDraft, CompanyId, CustomField, CustomFieldId, Definitions, Deprecations, FieldType, GroupId,
    Judging, Name, NumericFormat, ObjectTypeId, OptionId, Path, PersonDraft, PersonId, PersonProfile,
    RawCompanyRecord, RawPerson, SelectOption, SelectOptions, Text, User, UserId, Violations, WorkspaceId,
};
use persistence::Writing;
use persistence::companies::{self, CompanyCreated, NewCompany};
use persistence::custom_fields::{self, FieldOwner};
use persistence::people::{self, Created, NewPerson, Outcome};
use persistence::{definitions, groups, users, workspaces};
use serde_json::{Value, json};
use uuid::{Uuid, uuid};

use crate::commands::Failure;

pub(super) const WORKSPACE: WorkspaceId = WorkspaceId::new(uuid!("01976f3a-5c00-7000-8000-64656d6f0001"));
/// John Doe, who owns the demo key.
pub(super) const JOHN: UserId = UserId::new(uuid!("bc984b3f-0386-434d-82d7-a91eb6badd71"));
const JANE: UserId = UserId::new(uuid!("c3606e3b-0a92-4849-90e5-88a8d3f388d6"));
const ENGINEERING: GroupId = GroupId::new(uuid!("5fa60242-0756-4e31-8cca-30c2c5ff1ac2"));
const FRIENDS: GroupId = GroupId::new(uuid!("acdf2ad9-6a66-4d32-8594-9694913ac717"));
const CLIENTS: GroupId = GroupId::new(uuid!("79b6ed73-9939-4118-ba65-7f8cdf401052"));
const TECH_CORP: CompanyId = CompanyId::new(uuid!("92346499-30bf-4278-ae8e-4aa3ae2ace2c"));
const HR_SERVICES: CompanyId = CompanyId::new(uuid!("9a03f575-8a85-40b0-ba2e-16d8e29e3b03"));
const BOB: PersonId = PersonId::new(uuid!("ed110a47-5d09-43bf-b2e2-791d8231eb5f"));

/// Makes all of it.
pub(super) async fn make(connection: &AsyncPgConnection, now: DateTime<Utc>) -> Result<(), MakeError> {
    workspaces::insert(connection, WORKSPACE, "Demo", now).await?;
    make_users(connection, now).await?;
    make_groups(connection, now).await?;
    make_companies(connection, now).await?;
    make_bob(connection, now).await
}

/// Why the workspace could not be made; of every kind of error.
pub(super) struct MakeError(pub(super) Failure);

impl<E: Into<Failure>> From<E> for MakeError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

async fn make_users(connection: &AsyncPgConnection, now: DateTime<Utc>) -> Result<(), MakeError> {
    for (id, full_name, email) in [
        (JOHN, "John Doe", "john.doe@example.com"),
        (JANE, "Jane Doe", "jane@example.com"),
    ] {
        let user = User {
            id,
            full_name: full_name.to_owned(),
            email: email.to_owned(),
            deactivated_at: None,
        };
        users::insert(connection, WORKSPACE, &user, now).await?;
    }
    Ok(())
}

async fn make_groups(connection: &AsyncPgConnection, now: DateTime<Utc>) -> Result<(), MakeError> {
    for (id, name) in [
        (ENGINEERING, "Engineering"),
        (FRIENDS, "Friends"),
        (CLIENTS, "Clients"),
    ] {
        groups::insert(connection, WORKSPACE, id, name, now).await?;
    }
    let deals = ObjectTypeId::new(Uuid::now_v7());
    groups::insert_object_type(connection, WORKSPACE, CLIENTS, deals, "Deals").await?;
    let number = |format, currency: Option<&str>| FieldType::Numeric {
        format,
        currency: currency.map(str::to_owned),
    };
    for (group, name, field_type) in [
        (
            ENGINEERING,
            "Status",
            FieldType::SingleSelect(options(&["Active", "Inactive"])),
        ),
        (
            ENGINEERING,
            "Programming languages",
            FieldType::MultipleSelect(options(&["Javascript", "Python", "Rust"])),
        ),
        (ENGINEERING, "Join date", FieldType::Date),
        (ENGINEERING, "Relationships", FieldType::Contact),
        (FRIENDS, "Favorite color", FieldType::Text),
        (FRIENDS, "Favorite number", number(NumericFormat::Default, None)),
        (FRIENDS, "Assignee", FieldType::User),
        (CLIENTS, "Deals", FieldType::Object(deals)),
        (CLIENTS, "Summary", FieldType::Magic),
        (CLIENTS, "Revenue", number(NumericFormat::Currency, Some("USD"))),
    ] {
        let field = CustomField {
            id: CustomFieldId::new(Uuid::now_v7()),
            name: name.to_owned(),
            former_names: Vec::new(),
            field_type,
        };
        custom_fields::insert(connection, WORKSPACE, group, FieldOwner::People, &field, now).await?;
    }
    Ok(())
}

/// Options in colours that can be told apart.
fn options(labels: &[&str]) -> SelectOptions {
    const COLORS: [&str; 3] = ["#2563eb", "#d97706", "#16a34a"];
    let option = |(label, color): (&&str, &str)| SelectOption {
        id: OptionId::new(Uuid::now_v7()),
        label: (*label).to_owned(),
        color: color.to_owned(),
        former_labels: Vec::new(),
    };
    SelectOptions::new(labels.iter().zip(COLORS).map(option).collect())
}

async fn make_companies(connection: &AsyncPgConnection, now: DateTime<Utc>) -> Result<(), MakeError> {
    let definitions = defined(connection).await?;
    for (id, name) in [(TECH_CORP, "Tech Corp"), (HR_SERVICES, "HR services")] {
        let company = NewCompany {
            id,
            draft: company(name, &definitions)?,
            store: true,
        };
        match companies::create(connection, writing(&definitions, now), &company).await? {
            CompanyCreated::Company(_) => {}
            CompanyCreated::Existing(_) | CompanyCreated::Missing(_) | CompanyCreated::Stale => {
                return Err("a demo company could not be made".into());
            }
        }
    }
    Ok(())
}

fn company(name: &str, definitions: &Definitions) -> Result<CompanyDraft, Failure> {
    let mut violations = Violations::default();
    let path = Path::root("company");
    let raw = RawCompanyRecord {
        name: Name::parse(name.to_owned(), &path, &mut violations),
        groups: vec![CLIENTS.to_string()],
        ..RawCompanyRecord::default()
    };
    let mut judging = Judging {
        definitions,
        deprecations: &mut Deprecations::default(),
        violations: &mut violations,
    };
    match CompanyDraft::read(raw, &path, &mut judging) {
        Ok(draft) if violations.is_empty() => Ok(draft),
        Ok(_) | Err(_) => Err("a demo company breaks a rule".into()),
    }
}

async fn defined(connection: &AsyncPgConnection) -> Result<Definitions, MakeError> {
    let definitions = definitions::load(connection, WORKSPACE).await?;
    Ok(definitions.ok_or("the demo workspace is not there")?)
}

fn writing(definitions: &Definitions, now: DateTime<Utc>) -> Writing {
    Writing {
        workspace_id: WORKSPACE,
        actor: JOHN,
        now,
        definitions_version: definitions.version(),
        atomic: true,
    }
}

async fn make_bob(connection: &AsyncPgConnection, now: DateTime<Utc>) -> Result<(), MakeError> {
    let definitions = defined(connection).await?;
    let person = NewPerson {
        id: BOB,
        draft: bob(&definitions)?,
        new_companies: Vec::new(),
        store: true,
    };
    match people::create(connection, writing(&definitions, now), &[person]).await? {
        Created::People(outcomes) if matches!(outcomes[..], [Outcome::Person { .. }]) => Ok(()),
        Created::People(_) | Created::Stale => Err("Bob Smith could not be made".into()),
    }
}

fn bob(definitions: &Definitions) -> Result<PersonDraft, Failure> {
    let mut violations = Violations::default();
    let path = Path::root("person");
    let profile = PersonProfile {
        first_name: Text::parse("Bob".to_owned(), &path, &mut violations),
        last_name: Text::parse("Smith".to_owned(), &path, &mut violations),
        ..PersonProfile::default()
    };
    let raw = RawPerson {
        profile,
        groups: vec![CLIENTS.to_string()],
        ..RawPerson::default()
    };
    let mut judging = Judging {
        definitions,
        deprecations: &mut Deprecations::default(),
        violations: &mut violations,
    };
    let draft = PersonDraft::read(raw, &path, &mut judging);
    match violations.is_empty() {
        true => Ok(draft),
        false => Err("Bob Smith breaks a rule".into()),
    }
}

/// The documented request, with both of its groups listed as its own text demands.
pub(super) fn documented_body() -> Value {
    json!({
        "firstName": "John",
        "lastName": "Doe",
        "birthday": "1980-06-15",
        "jobTitle": "Software Engineer",
        "groups": [{"id": ENGINEERING.to_string()}, {"id": FRIENDS.to_string()}],
        "companies": [{"name": "Tech Corp"}, {"id": HR_SERVICES.to_string()}],
        "emails": ["john@example.com", "john@techcorp.com"],
        "customFieldValues": {
            ENGINEERING.to_string(): {
                "Status": "Active",
                "Programming languages": ["Javascript", "Python"],
                "Join date": "2021-01-01",
                "Relationships": [{"id": BOB.to_string()}, {"id": HR_SERVICES.to_string()}],
            },
            FRIENDS.to_string(): {
                "Favorite color": "Blue",
                "Favorite number": 42,
                "Assignee": [{"id": JANE.to_string()}, {"email": "jane@example.com"}],
            },
        },
    })
}
