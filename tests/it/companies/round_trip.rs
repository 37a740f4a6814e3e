//! A full company goes in and comes back equal: through the store, gRPC and REST.

use domain::{
    CompanyDraft, ContactDetails, Date, Decimal, EmployeeRange, FoundationYear, Judging, Name, Path,
    RawCompanyRecord, RawGroupValues, Text, TextList, Violations,
};
use persistence::companies::{self, CompanyCreated, NewCompany};
use persistence::{Loaded, Writing, definitions};
use tests::{TestServer, fixture, sample};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_company_comes_back_through_both_doors_whichever_it_went_in_by() {
    let server = TestServer::start().await;
    server.define_fields("company").await;
    for api in server.both() {
        let name = format!("Engines by {}", api.name());
        let created = api
            .companies()
            .create(&sample::full_company(&name))
            .await
            .unwrap();
        let (id, shown) = sample::without_id_and_time(created.clone());
        assert_eq!(shown, sample::full_company_shown(&name), "{}", api.name());
        for other in server.both() {
            assert_eq!(
                other.companies().get(&id).await.unwrap(),
                created,
                "{}",
                other.name()
            );
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
async fn a_full_company_comes_back_through_the_store() {
    let server = TestServer::start().await;
    server.define_fields("company").await;
    let (connection, workspace_id) = fixture::connection(server.database.url()).await;
    let definitions = definitions::load(&connection, workspace_id)
        .await
        .unwrap()
        .unwrap();
    let mut violations = Violations::default();
    let path = Path::root("company");
    let raw = RawCompanyRecord {
        name: Name::parse("Engines".to_owned(), &path, &mut violations),
        description: text("Engines.\nAnalytical."),
        funding_raised: Decimal::parse_text("1700000.25", &path, &mut violations),
        last_funding_date: Date::from_stored("1842-11-04"),
        industry: text("Machinery"),
        foundation_year: FoundationYear::parse(1822, &path, &mut violations),
        employee_range: EmployeeRange::parse("11-50"),
        contact: ContactDetails {
            addresses: texts(&["1 Dorset Street", "Somerset House"]),
            emails: texts(&["engines@example.com"]),
            phones: texts(&["+44 1", "+44 2"]),
            urls: texts(&["https://example.com"]),
        },
        groups: vec![fixture::EVERYTHING.to_owned(), fixture::FRIENDS.to_owned()],
        values: vec![RawGroupValues {
            group_id: fixture::EVERYTHING.to_owned(),
            values: sample::raw_values(),
        }],
    };
    let mut judging = Judging {
        definitions: &definitions,
        deprecations: &mut domain::Deprecations::default(),
        violations: &mut violations,
    };
    let draft = CompanyDraft::read(raw, &path, &mut judging).unwrap();
    assert!(violations.is_empty(), "{:?}", violations.kept());
    let id = Uuid::now_v7().into();
    let company = NewCompany {
        id,
        draft,
        store: true,
    };
    let writing = Writing {
        workspace_id,
        actor: Uuid::parse_str(&fixture::JOHN[4..]).unwrap().into(),
        now: "2026-01-02T03:04:05.678Z".parse().unwrap(),
        definitions_version: definitions.version(),
        atomic: true,
    };
    let created = companies::create(&connection, writing, &company).await.unwrap();
    let CompanyCreated::Company(view) = created else {
        panic!("everything it refers to exists: {created:?}");
    };
    assert_eq!(view.company.memberships[0].values.len(), 9);
    assert_eq!(
        view.company.profile.funding_raised.as_ref().unwrap().to_string(),
        "1700000.25"
    );
    let loaded = companies::load(&connection, workspace_id, &[id], &definitions)
        .await
        .unwrap();
    let Loaded::Found(loaded) = loaded else {
        panic!("the definitions are those just loaded");
    };
    assert_eq!(loaded, [*view]);
}
