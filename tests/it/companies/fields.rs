//! The documented fields in and out, and their limits.

use serde_json::{Value, json};
use tests::fixture::{CLIENTS, FRIENDS};
use tests::{Refused, TestServer, sample};

use super::{bare, id};

fn refused(path: Value, code: &str) -> Refused {
    Refused::for_issues(&[(path, code)])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_all_it_takes_and_everything_else_is_shown_unset() {
    let server = TestServer::start().await;
    for api in server.both() {
        let name = format!("Bare of {}", api.name());
        let created = api.companies().create(&json!({"name": name})).await.unwrap();
        let (_, shown) = sample::without_id_and_time(created.clone());
        assert_eq!(shown, bare(&name), "{}", api.name());
        assert!(id(&created).starts_with("com_"));
        for other in server.both() {
            assert_eq!(other.companies().get(id(&created)).await.unwrap(), created);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn null_and_blank_are_taken_where_the_contract_says_so() {
    let server = TestServer::start().await;
    for api in server.both() {
        let name = format!("Unset of {}", api.name());
        let body = json!({
            "name": format!("  {name}\t"), "description": " \n", "fundingRaised": null, "lastFundingDate": null,
            "industry": null, "foundationYear": null, "employeeRange": null, "groups": [], "addresses": ["  "],
            "emails": [""], "phones": [], "urls": [], "customFieldValues": {},
        });
        let created = api.companies().create(&body).await.unwrap();
        let (_, shown) = sample::without_id_and_time(created);
        assert_eq!(shown, bare(&name), "{}", api.name());
        let blank = json!({"name": format!("{name} 2"), "industry": "  "});
        assert_eq!(
            api.companies().create(&blank).await.unwrap()["industry"],
            Value::Null
        );
    }
    for wrong in [
        "name",
        "description",
        "groups",
        "addresses",
        "emails",
        "phones",
        "urls",
        "customFieldValues",
    ] {
        let mut body = json!({"name": "Null"});
        body[wrong] = Value::Null;
        let answer = server
            .rest()
            .send("POST", "/v1/companies", body.to_string())
            .await;
        assert_eq!(answer.status, 422, "{wrong} {}", answer.text);
        let issues = &answer.json()["error"]["details"]["issues"];
        assert_eq!(issues[0]["path"], json!([wrong]), "{wrong} {issues}");
        assert_eq!(issues[0]["code"], "invalid_type", "{wrong} {issues}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_at_a_limit_is_kept_and_one_over_is_refused() {
    let server = TestServer::start().await;
    for api in server.both() {
        let companies = api.companies();
        // Characters, not bytes; a name that is all of it.
        let text = |length: usize| "漢".repeat(length);
        let name = |length: usize| format!("{}{}", api.name(), text(length - api.name().len()));
        let many = |count: usize, length: usize| -> Value {
            (0..count)
                .map(|number| format!("{number:0>2}{}", text(length - 2)))
                .collect()
        };
        let longest = json!({
            "name": name(1000), "description": text(5000), "industry": text(1000), "addresses": many(20, 500),
            "emails": many(20, 254), "phones": many(20, 30), "urls": many(20, 2048),
        });
        let created = companies.create(&longest).await.unwrap();
        for (key, value) in longest.as_object().unwrap() {
            assert_eq!(created[key], *value, "{} {key}", api.name());
        }
        assert_eq!(companies.get(id(&created)).await.unwrap(), created);
        for (key, value, path) in [
            ("name", json!(text(1001)), json!(["name"])),
            ("description", json!(text(5001)), json!(["description"])),
            ("industry", json!(text(1001)), json!(["industry"])),
            ("addresses", many(1, 501), json!(["addresses", 0])),
            ("emails", many(1, 255), json!(["emails", 0])),
            ("phones", many(1, 31), json!(["phones", 0])),
            ("urls", many(1, 2049), json!(["urls", 0])),
            ("addresses", many(21, 3), json!(["addresses"])),
            ("emails", many(21, 3), json!(["emails"])),
            ("phones", many(21, 3), json!(["phones"])),
            ("urls", many(21, 3), json!(["urls"])),
            (
                "groups",
                (0..101).map(|_| json!({"id": FRIENDS})).collect(),
                json!(["groups"]),
            ),
        ] {
            let mut body = json!({"name": "Too much"});
            body[key] = value;
            assert_eq!(
                companies.create(&body).await,
                Err(refused(path.clone(), "too_big")),
                "{}",
                api.name()
            );
            body.as_object_mut().unwrap().retain(|one, _| one == key);
            assert_eq!(
                companies.update(id(&created), &body).await,
                Err(refused(path, "too_big")),
                "{}",
                api.name()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_needed_and_not_blank() {
    let server = TestServer::start().await;
    for api in server.both() {
        for blank in ["", "  ", "\u{a0}\n"] {
            let answer = api.companies().create(&json!({"name": blank})).await;
            assert_eq!(
                answer,
                Err(refused(json!(["name"]), "too_small")),
                "{} {blank:?}",
                api.name()
            );
        }
    }
    let answer = server.rest().send("POST", "/v1/companies", "{}").await;
    let issues = &answer.json()["error"]["details"]["issues"];
    assert_eq!(issues[0]["path"], json!(["name"]), "{issues}");
    assert_eq!(issues[0]["code"], "invalid_type", "{issues}");
    let unnamed = proto::v1::CreateCompanyRequest::default();
    let status = server
        .grpc_as(tests::fixture::KEY)
        .companies
        .create_company(unnamed)
        .await
        .unwrap_err();
    assert_eq!(status.code(), tonic::Code::InvalidArgument);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_the_eight_ranges_is_taken_and_no_other() {
    let server = TestServer::start().await;
    for api in server.both() {
        let companies = api.companies();
        let created = companies.create(&json!({"name": api.name()})).await.unwrap();
        for range in [
            "1-10",
            "11-50",
            "51-200",
            "201-500",
            "501-1000",
            "1001-5000",
            "5001-10000",
            "10000+",
        ] {
            let body = json!({"name": format!("{range} {}", api.name()), "employeeRange": range});
            assert_eq!(companies.create(&body).await.unwrap()["employeeRange"], range);
            let updated = companies
                .update(id(&created), &json!({"employeeRange": range}))
                .await
                .unwrap();
            assert_eq!(updated["employeeRange"], range, "{}", api.name());
        }
        let wrong = companies
            .create(&json!({"name": "Wrong", "employeeRange": "1-11"}))
            .await;
        assert_eq!(
            wrong,
            Err(refused(json!(["employeeRange"]), "invalid_enum_value")),
            "{}",
            api.name()
        );
        let unset = companies
            .update(id(&created), &json!({"employeeRange": null}))
            .await
            .unwrap();
        assert_eq!(unset["employeeRange"], Value::Null, "{}", api.name());
    }
    for wrong in [json!(""), json!("1 - 10"), json!(" 1-10"), json!("10000 +")] {
        let body = json!({"name": "Wrong", "employeeRange": wrong}).to_string();
        let answer = server.rest().send("POST", "/v1/companies", body).await;
        let issue = &answer.json()["error"]["details"]["issues"][0];
        assert_eq!(issue["code"], "invalid_enum_value", "{wrong} {issue}");
        assert_eq!(issue["options"].as_array().map(Vec::len), Some(8), "{issue}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unicode_stays_as_it_is_and_the_null_character_is_refused() {
    let server = TestServer::start().await;
    for api in server.both() {
        let name = format!("Ünïcode 漢字 👩‍💻 e\u{301} {}", api.name());
        let body = json!({"name": name, "description": "\u{202e}right to left\u{202c}", "emails": ["ß@example.com"]});
        let created = api.companies().create(&body).await.unwrap();
        for (key, value) in body.as_object().unwrap() {
            assert_eq!(created[key], *value, "{} {key}", api.name());
        }
        for key in ["name", "description", "industry"] {
            let mut body = json!({"name": "Zero"});
            body[key] = json!("a\0b");
            let answer = api.companies().create(&body).await;
            assert_eq!(
                answer,
                Err(refused(json!([key]), "invalid_string")),
                "{} {key}",
                api.name()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_wrong_is_told_at_once_and_nothing_is_stored() {
    let server = TestServer::start().await;
    let nobody = "grp_00000000-0000-7000-8000-000000000000";
    for api in server.both() {
        let body = json!({
            "name": "x".repeat(1001), "fundingRaised": "12e", "lastFundingDate": "2023-02-29", "foundationYear": 999,
            "employeeRange": "few", "groups": [{"id": CLIENTS}, {"id": nobody}], "phones": ["1".repeat(31)],
            "customFieldValues": {FRIENDS: {"Favorite color": "Blue"}},
        });
        let expected = Refused::for_issues(&[
            (json!(["name"]), "too_big"),
            (json!(["fundingRaised"]), "invalid_string"),
            (json!(["lastFundingDate"]), "invalid_date"),
            (json!(["foundationYear"]), "too_small"),
            (json!(["employeeRange"]), "invalid_enum_value"),
            (json!(["groups", 1, "id"]), "custom"),
            (json!(["phones", 0]), "too_big"),
            (json!(["customFieldValues", FRIENDS]), "custom"),
            // It is a field of people.
            (json!(["customFieldValues", FRIENDS, "Favorite color"]), "custom"),
        ]);
        assert_eq!(
            api.companies().create(&body).await,
            Err(expected),
            "{}",
            api.name()
        );
    }
    let made = "SELECT count(*) FROM companies WHERE name LIKE 'xx%'";
    assert_eq!(server.database.number(made).await, 0);
}
