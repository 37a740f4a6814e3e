//! The field mask of gRPC: which fields are meant.

use proto::v1::{Person, PersonEntries, UpdatePersonRequest};
use tests::TestServer;
use tests::fixture::{BOB, KEY};
use tonic::{Code, Status};

async fn update(server: &TestServer, person: Person, paths: Option<&[&str]>) -> Result<Person, Status> {
    let request = UpdatePersonRequest {
        person: Some(Person {
            id: BOB.to_owned(),
            ..person
        }),
        update_mask: paths.map(|paths| prost_types::FieldMask {
            paths: paths.iter().map(|&path| path.to_owned()).collect(),
        }),
        ..UpdatePersonRequest::default()
    };
    let updated = server.grpc_as(KEY).people.update_person(request).await;
    updated.map(tonic::Response::into_inner)
}

fn named(first_name: &str, job_title: &str) -> Person {
    Person {
        first_name: first_name.to_owned(),
        job_title: job_title.to_owned(),
        ..Person::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_decides_and_without_it_what_is_set_is_meant() {
    let server = TestServer::start().await;
    let both = |person: &Person| (person.first_name.clone(), person.job_title.clone());
    for (person, paths, expected) in [
        (
            named("A", "a"),
            Some(&["first_name", "job_title"][..]),
            ("A", "a"),
        ),
        // What is not named is not read.
        (named("B", "b"), Some(&["first_name"]), ("B", "a")),
        (named(&"x".repeat(501), "c"), Some(&["job_title"]), ("B", "c")),
        // What is named and unset is emptied.
        (named("", "d"), Some(&["first_name"]), ("", "c")),
        (named("E", ""), None, ("E", "c")),
        (named("", "f"), Some(&[]), ("E", "f")),
        (named("G", "g"), Some(&["first_name", "first_name"]), ("G", "f")),
        (named("", ""), None, ("G", "f")),
        (named("H", ""), Some(&["*"]), ("H", "")),
    ] {
        let updated = update(&server, person, paths).await.unwrap();
        let expected = (expected.0.to_owned(), expected.1.to_owned());
        assert_eq!(both(&updated), expected, "{paths:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_star_empties_what_is_not_sent_and_keeps_values_that_are_not_named() {
    let server = TestServer::start().await;
    let updated = update(&server, named("Robert", ""), Some(&["*"])).await.unwrap();
    assert_eq!(updated.full_name, "Robert");
    assert_eq!((updated.groups.len(), updated.companies.len()), (0, 0));
    assert_eq!(updated.custom_field_values, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_field_is_refused_and_those_that_exist_are_told() {
    let server = TestServer::start().await;
    for name in [
        "age",
        "firstName",
        "id",
        "etag",
        "create_time",
        "",
        "emails.0",
        "custom_field_values.x",
    ] {
        let refused = update(&server, named("X", ""), Some(&["first_name", name]))
            .await
            .unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument, "{name}");
        let details = tonic_types::StatusExt::get_error_details(&refused);
        let violations = &details.bad_request().unwrap().field_violations;
        assert_eq!(violations.len(), 1, "{name}");
        assert_eq!(violations[0].field, "update_mask.paths[1]", "{name}");
        for known in ["first_name", "custom_field_values", "urls"] {
            assert!(
                violations[0].description.contains(known),
                "{}",
                violations[0].description
            );
        }
    }
    let bob = update(&server, Person::default(), None).await.unwrap();
    assert_ne!(bob.first_name, "X", "nothing was stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_validated_update_shows_what_would_be_and_stores_nothing() {
    let server = TestServer::start().await;
    let mut people = server.grpc_as(KEY).people;
    let before = server
        .database
        .text("SELECT string_agg(p::text, ',') FROM people p")
        .await;
    let request = UpdatePersonRequest {
        person: Some(Person {
            id: BOB.to_owned(),
            ..named("Would", "be")
        }),
        add: Some(PersonEntries {
            emails: vec!["would@be".to_owned()],
            ..PersonEntries::default()
        }),
        validate_only: true,
        ..UpdatePersonRequest::default()
    };
    let shown = people.update_person(request.clone()).await.unwrap().into_inner();
    assert_eq!(
        (shown.first_name.as_str(), shown.job_title.as_str()),
        ("Would", "be")
    );
    assert!(shown.emails.contains(&"would@be".to_owned()));
    let after = server
        .database
        .text("SELECT string_agg(p::text, ',') FROM people p")
        .await;
    assert_eq!(after, before);
    let wrong = UpdatePersonRequest {
        person: Some(Person {
            id: BOB.to_owned(),
            ..named(&"x".repeat(501), "")
        }),
        ..request
    };
    let refused = people.update_person(wrong).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_person_there_is_nothing_to_update() {
    let server = TestServer::start().await;
    let refused = server
        .grpc_as(KEY)
        .people
        .update_person(UpdatePersonRequest::default())
        .await;
    assert_eq!(refused.unwrap_err().code(), Code::InvalidArgument);
}
