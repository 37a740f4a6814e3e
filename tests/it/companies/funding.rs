//! How much money, since when, from which year: numbers and dates in each of their forms.

use serde_json::{Value, json};
use tests::{Refused, TestServer};

use super::id;

#[tokio::test(flavor = "multi_thread")]
async fn money_is_a_number_or_a_text_and_comes_out_as_a_plain_decimal() {
    let server = TestServer::start().await;
    for api in server.both() {
        let companies = api.companies();
        let created = companies.create(&json!({"name": api.name()})).await.unwrap();
        for (sent, shown) in [
            (json!(42), "42"),
            (json!(0), "0"),
            (json!(-7), "-7"),
            (json!(0.5), "0.5"),
            (json!("42"), "42"),
            (json!("042.50"), "42.5"),
            (json!("-0"), "0"),
            (json!("-0.10"), "-0.1"),
            (json!("00000000000000000000"), "0"),
            (json!("12345678901234567890"), "12345678901234567890"),
            (json!("-1234567890.12345678"), "-1234567890.12345678"),
        ] {
            let updated = companies
                .update(id(&created), &json!({"fundingRaised": sent}))
                .await
                .unwrap();
            assert_eq!(updated["fundingRaised"], shown, "{} {sent}", api.name());
            assert_eq!(
                companies.get(id(&created)).await.unwrap(),
                updated,
                "{} {sent}",
                api.name()
            );
        }
        let unset = companies
            .update(id(&created), &json!({"fundingRaised": null}))
            .await
            .unwrap();
        assert_eq!(unset["fundingRaised"], Value::Null, "{}", api.name());
    }
    // By its text, so that no digit is lost.
    for (text, shown) in [
        ("1234567890123456.789", "1234567890123456.789"),
        ("1e21", "1000000000000000000000"),
        ("1.50E1", "15"),
    ] {
        let body = format!(r#"{{"name": "N {text}", "fundingRaised": {text}}}"#);
        let answer = server.rest().send("POST", "/v1/companies", body).await;
        assert_eq!(
            answer.json()["data"]["fundingRaised"],
            shown,
            "{text} {}",
            answer.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn money_in_another_form_or_of_more_than_20_characters_is_refused() {
    let server = TestServer::start().await;
    for api in server.both() {
        for (sent, code) in [
            ("12345678901234567890123456", "too_big"),
            ("1,000", "invalid_string"),
            ("1e", "invalid_string"),
            ("$5", "invalid_string"),
            (" 5", "invalid_string"),
            ("five", "invalid_string"),
        ] {
            let answer = api
                .companies()
                .create(&json!({"name": "Wrong", "fundingRaised": sent}))
                .await;
            let expected = Refused::for_issues(&[(json!(["fundingRaised"]), code)]);
            assert_eq!(answer, Err(expected), "{} {sent}", api.name());
        }
    }
    for (sent, code) in [
        (r#""""#, "invalid_string"),
        (r#"" ""#, "invalid_string"),
        (r#""123456789012345678901""#, "too_big"),
        (r#""000000000000000000001""#, "too_big"),
        (r#""1.""#, "invalid_string"),
        (r#"".5""#, "invalid_string"),
        (r#""+5""#, "invalid_string"),
        (r#""1e21""#, "invalid_string"),
        ("true", "invalid_type"),
        ("[1]", "invalid_type"),
        ("1e400", "custom"),
    ] {
        let body = format!(r#"{{"name": "Wrong", "fundingRaised": {sent}}}"#);
        let answer = server.rest().send("POST", "/v1/companies", body).await;
        let issue = &answer.json()["error"]["details"]["issues"][0];
        assert_eq!(issue["path"], json!(["fundingRaised"]), "{sent} {}", answer.text);
        // What is neither number nor text is of no type of a union.
        let codes = [
            code,
            if code == "invalid_type" {
                "invalid_union"
            } else {
                code
            },
        ];
        assert!(codes.contains(&issue["code"].as_str().unwrap()), "{sent} {issue}");
    }
    assert_eq!(
        server
            .database
            .number("SELECT count(*) FROM companies WHERE name = 'Wrong'")
            .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_is_from_1000_to_2100_as_number_or_text_and_comes_out_as_text() {
    let server = TestServer::start().await;
    for api in server.both() {
        let companies = api.companies();
        let created = companies.create(&json!({"name": api.name()})).await.unwrap();
        for (sent, shown) in [
            (json!(1000), "1000"),
            (json!("1000"), "1000"),
            (json!(2100), "2100"),
            (json!("2100"), "2100"),
            (json!(1990), "1990"),
            (json!("1990"), "1990"),
        ] {
            let updated = companies
                .update(id(&created), &json!({"foundationYear": sent}))
                .await
                .unwrap();
            assert_eq!(updated["foundationYear"], shown, "{} {sent}", api.name());
        }
        for (sent, code) in [
            (json!(999), "too_small"),
            (json!("999"), "too_small"),
            (json!(2101), "too_big"),
            (json!("2101"), "too_big"),
            (json!(4_000_000_000_u32), "too_big"),
        ] {
            let answer = companies
                .update(id(&created), &json!({"foundationYear": sent}))
                .await;
            let expected = Refused::for_issues(&[(json!(["foundationYear"]), code)]);
            assert_eq!(answer, Err(expected), "{} {sent}", api.name());
        }
        assert_eq!(
            companies.get(id(&created)).await.unwrap()["foundationYear"],
            "1990"
        );
        let unset = companies
            .update(id(&created), &json!({"foundationYear": null}))
            .await
            .unwrap();
        assert_eq!(unset["foundationYear"], Value::Null, "{}", api.name());
    }
    for (sent, code) in [
        ("0", "too_small"),
        ("-1990", "too_small"),
        ("1e99", "too_big"),
        ("1990.5", "invalid_type"),
        (r#""199O""#, "invalid_type"),
        (r#""""#, "invalid_type"),
        ("true", "invalid_type"),
    ] {
        let body = format!(r#"{{"name": "Wrong", "foundationYear": {sent}}}"#);
        let answer = server.rest().send("POST", "/v1/companies", body).await;
        let issue = &answer.json()["error"]["details"]["issues"][0];
        assert_eq!(
            (&issue["path"], &issue["code"]),
            (&json!(["foundationYear"]), &json!(code)),
            "{sent} {}",
            answer.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_funding_is_on_a_day_of_the_calendar_or_unset() {
    let server = TestServer::start().await;
    for api in server.both() {
        let companies = api.companies();
        let created = companies
            .create(&json!({"name": api.name(), "lastFundingDate": "2024-02-29"}))
            .await
            .unwrap();
        assert_eq!(created["lastFundingDate"], "2024-02-29", "{}", api.name());
        let wrong = companies
            .update(id(&created), &json!({"lastFundingDate": "2023-02-29"}))
            .await;
        let expected = Refused::for_issues(&[(json!(["lastFundingDate"]), "invalid_date")]);
        assert_eq!(wrong, Err(expected), "{}", api.name());
        let unset = companies
            .update(id(&created), &json!({"lastFundingDate": null}))
            .await
            .unwrap();
        assert_eq!(unset["lastFundingDate"], Value::Null, "{}", api.name());
    }
    for sent in [
        r#""2024-2-29""#,
        r#""""#,
        r#"" 2024-02-29""#,
        r#""2024-02-29T00:00:00Z""#,
        "20240229",
    ] {
        let body = format!(r#"{{"name": "Wrong", "lastFundingDate": {sent}}}"#);
        let answer = server.rest().send("POST", "/v1/companies", body).await;
        assert_eq!(answer.status, 422, "{sent} {}", answer.text);
        let issue = &answer.json()["error"]["details"]["issues"][0];
        assert_eq!(issue["path"], json!(["lastFundingDate"]), "{sent} {issue}");
    }
}
