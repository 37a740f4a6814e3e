//! A full person goes in and comes back equal: through the store, gRPC and REST.

use domain::{Judging, Path, PersonDraft, PersonProfile, RawPerson, Text, TextList, Violations};
use persistence::definitions;
use persistence::people::{self, Created, NewPerson, Outcome};
use persistence::{Loaded, Writing};
use tests::{TestDatabase, TestServer, fixture, sample};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_person_comes_back_through_both_doors_whichever_it_went_in_by() {
    let server = TestServer::start().await;
    for api in server.both() {
        let created = api.create(&sample::full()).await.unwrap();
        let (id, shown) = sample::without_id_and_time(created.clone());
        assert_eq!(shown, sample::full_shown(), "{}", api.name());
        for other in server.both() {
            assert_eq!(other.get(&id).await.unwrap(), created, "{}", other.name());
        }
    }
}

fn texts<const MAX: usize>(texts: &[&str]) -> TextList<MAX> {
    let texts = texts.iter().map(|text| (*text).to_owned()).collect();
    TextList::parse(texts, &Path::root("list"), &mut Violations::default())
}

fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::parse(text.to_owned(), &Path::root("text"), &mut Violations::default())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_person_comes_back_through_the_store() {
    let database = TestDatabase::new().await;
    let (connection, workspace_id) = fixture::connection(database.url()).await;
    let definitions = definitions::load(&connection, workspace_id)
        .await
        .unwrap()
        .unwrap();

    let mut violations = Violations::default();
    let profile = PersonProfile {
        first_name: text("Ada"),
        last_name: text("Lovelace"),
        full_name: domain::FullName::Given(text("Countess of Lovelace")),
        description: text("First programmer."),
        birthday: domain::Date::from_stored("1815-12-10"),
        job_title: text("Mathematician"),
        contact: domain::ContactDetails {
            addresses: texts(&["Ockham Park", "London"]),
            emails: texts(&["ada@example.com"]),
            phones: texts(&["+44 1", "+44 2"]),
            urls: texts(&["https://example.com"]),
        },
    };
    let raw = RawPerson {
        profile,
        groups: vec![fixture::EVERYTHING.to_owned(), fixture::FRIENDS.to_owned()],
        companies: vec![
            domain::RawCompany::Id(fixture::HR_SERVICES.to_owned()),
            domain::RawCompany::Name("tech corp".to_owned()),
            domain::RawCompany::Name("Analytical Engines".to_owned()),
        ],
        values: values(),
    };
    let mut judging = Judging {
        definitions: &definitions,
        deprecations: &mut domain::Deprecations::default(),
        violations: &mut violations,
    };
    let draft = PersonDraft::read(raw, &Path::root("person"), &mut judging);
    assert!(violations.is_empty(), "{:?}", violations.kept());
    let id = Uuid::now_v7().into();
    let person = NewPerson {
        id,
        draft,
        new_companies: vec![Uuid::now_v7().into(), Uuid::now_v7().into()],
        store: true,
    };
    let writing = Writing {
        workspace_id,
        actor: Uuid::parse_str(&fixture::JOHN[4..]).unwrap().into(),
        now: "2026-01-02T03:04:05.678Z".parse().unwrap(),
        definitions_version: definitions.version(),
        atomic: false,
    };
    let Created::People(outcomes) = people::create(&connection, writing, &[person]).await.unwrap() else {
        panic!("the definitions are those just loaded");
    };
    let [Outcome::Person { view, new_companies }] = &*outcomes else {
        panic!("everything it refers to exists: {outcomes:?}");
    };
    assert_eq!(new_companies.len(), 1);
    assert_eq!(view.person.companies.len(), 3);
    assert_eq!(view.person.memberships[0].values.len(), 10);

    let loaded = people::load(&connection, workspace_id, &[id], &definitions)
        .await
        .unwrap();
    let Loaded::Found(loaded) = loaded else {
        panic!("the definitions are those just loaded");
    };
    assert_eq!(loaded, [view.as_ref().clone()]);
}

/// The values of the sample, in the words of the domain and in the order of the fields.
fn values() -> Vec<domain::RawGroupValues> {
    use domain::{RawReference, RawValue};
    let text = |text: &str| RawValue::Text(text.to_owned());
    let ids = |ids: &[&str]| {
        RawValue::References(ids.iter().map(|id| RawReference::Id((*id).to_owned())).collect())
    };
    let values = [
        ("Text", text("some text")),
        ("Magic", text("written by a program")),
        ("Number", RawValue::Number("1e21".to_owned())),
        ("Date", text("1843-09-01")),
        ("Select", text("B")),
        ("Multiple", RawValue::Texts(vec!["C".to_owned(), "A".to_owned()])),
        ("Contacts", ids(&[fixture::HR_SERVICES, fixture::BOB])),
        ("Users", ids(&[fixture::JANE, fixture::JOHN])),
        ("Deals", ids(&[fixture::DEAL])),
        ("Renamed", text("renamed")),
    ];
    vec![domain::RawGroupValues {
        group_id: fixture::EVERYTHING.to_owned(),
        values: values.map(|(name, value)| (name.to_owned(), value)).into(),
    }]
}
