use proto::v1::{Company, CreateCompanyRequest};
use serde_json::{Value, json};

use crate::fake_core::{FakeCore, refusal};
use crate::rest_client::send;

/// The company that comes of a fact, or what is wrong with it, whatever the core says beside that.
async fn read(key: &str, fact: &str) -> Result<Company, Value> {
    let core = FakeCore::default();
    let body = format!(r#"{{"name": "n", "{key}": {fact}}}"#);
    let answer = send(&core, "POST", "/v1/companies", &[], &body).await;
    if answer.status == 200 {
        return Ok(core.asked_once::<CreateCompanyRequest>().company.unwrap());
    }
    assert_eq!(answer.issue_paths(), json!([[key]]), "{fact}");
    Err(answer.issues()[0].clone())
}

#[tokio::test]
async fn funding_is_a_number_or_a_text_of_one_and_loses_no_digit() {
    for (fact, expected) in [
        ("1200.50", "1200.50"),
        ("-1e7", "-1e7"),
        (r#""0012345678901234.10""#, "0012345678901234.10"),
        ("null", ""),
    ] {
        assert_eq!(
            read("fundingRaised", fact).await.unwrap().funding_raised,
            expected
        );
    }
    for fact in [r#""""#, r#"" 1""#, r#""1e5""#, r#""1.""#, r#""1,5""#, r#""$5""#] {
        let issue = read("fundingRaised", fact).await.unwrap_err();
        assert_eq!(
            (&issue["code"], &issue["validation"]),
            (&json!("invalid_string"), &json!("number"))
        );
    }
    let issue = read("fundingRaised", r#""123456789012345678901""#)
        .await
        .unwrap_err();
    assert_eq!(
        (&issue["code"], &issue["maximum"]),
        (&json!("too_big"), &json!(20))
    );
    for fact in ["true", "[]", "{}"] {
        let issue = read("fundingRaised", fact).await.unwrap_err();
        assert_eq!(
            (&issue["code"], &issue["expected"]),
            (&json!("invalid_type"), &json!("number"))
        );
    }
}

#[tokio::test]
async fn a_year_is_a_whole_number_whose_range_the_core_knows() {
    for (fact, expected) in [
        (r#""1990""#, 1990),
        ("1990", 1990),
        ("1990.0", 1990),
        ("2101", 2101),
        ("0", 1),
        (r#""-5""#, 1),
        ("1e30", u32::MAX),
        ("null", 0),
    ] {
        assert_eq!(
            read("foundationYear", fact).await.unwrap().foundation_year,
            expected,
            "{fact}"
        );
    }
    for fact in [r#""""#, r#""1990.0""#, "1990.5", r#""MCM""#, "true", "[1990]"] {
        let issue = read("foundationYear", fact).await.unwrap_err();
        assert_eq!(
            (&issue["code"], &issue["expected"]),
            (&json!("invalid_type"), &json!("integer"))
        );
    }
}

#[tokio::test]
async fn a_range_of_employees_is_one_of_eight() {
    let ranges = [
        "1-10",
        "11-50",
        "51-200",
        "201-500",
        "501-1000",
        "1001-5000",
        "5001-10000",
        "10000+",
    ];
    for (range, number) in ranges.iter().zip(1..) {
        let company = read("employeeRange", &json!(range).to_string()).await.unwrap();
        assert_eq!(company.employee_range, number);
        let core = FakeCore::default().answering(company);
        let answer = send(&core, "GET", "/v1/companies/com_1", &[], "").await;
        assert_eq!(answer.json()["data"]["employeeRange"], *range);
    }
    assert_eq!(read("employeeRange", "null").await.unwrap().employee_range, 0);
    let issue = read("employeeRange", r#""1-11""#).await.unwrap_err();
    assert_eq!(
        (&issue["code"], &issue["options"]),
        (&json!("invalid_enum_value"), &json!(ranges))
    );
    assert_eq!(
        read("employeeRange", "5").await.unwrap_err()["code"],
        "invalid_type"
    );
}

#[tokio::test]
async fn a_date_and_an_industry_may_be_null() {
    assert_eq!(
        read("lastFundingDate", "null").await.unwrap().last_funding_date,
        None
    );
    assert_eq!(
        read("lastFundingDate", r#""1.1.2021""#).await.unwrap_err()["code"],
        "invalid_date"
    );
    assert_eq!(read("industry", "null").await.unwrap().industry, "");
    assert_eq!(read("industry", "1").await.unwrap_err()["code"], "invalid_type");
    assert_eq!(read("description", "null").await.unwrap_err()["received"], "null");
}

#[tokio::test]
async fn what_could_not_be_read_is_not_judged_by_the_core_as_unset() {
    let core = FakeCore::default().failing(refusal(&["company.foundation_year", "company.industry"]));
    let body = r#"{"name": "n", "foundationYear": "x", "fundingRaised": "y"}"#;
    let answer = send(&core, "POST", "/v1/companies", &[], body).await;
    assert_eq!(
        answer.issue_paths(),
        json!([["fundingRaised"], ["foundationYear"], ["industry"]])
    );
    assert!(core.asked_once::<CreateCompanyRequest>().validate_only);
}
