use proto::v1::company::EmployeeRange;
use proto::v1::custom_value::Kind;
use proto::v1::{
    Company, CreateCompanyRequest, Date, GroupLink, GroupValues, ListCompaniesRequest, ListCompaniesResponse,
    Operator, UpdateCompanyRequest,
};
use serde_json::json;
use tonic::Code;

use crate::fake_core::{FakeCore, failure, refusal};
use crate::list_people::{condition, id, text};
use crate::rest_client::send;
use crate::samples::{john, time, value};

const ALL: &str = "/v1/companies";
const ONE: &str = "/v1/companies/com_1";

fn full_company() -> Company {
    Company {
        id: "com_1".to_owned(),
        name: "Tech Corp".to_owned(),
        description: "short".to_owned(),
        funding_raised: "1000000.5".to_owned(),
        last_funding_date: Some(Date {
            year: 2021,
            month: 2,
            day: 3,
        }),
        industry: "Software".to_owned(),
        foundation_year: 1990,
        employee_range: EmployeeRange::EmployeeRange201To500.into(),
        groups: vec![GroupLink {
            id: "grp_b".to_owned(),
            name: "B".to_owned(),
        }],
        addresses: vec!["1 Main St".to_owned()],
        emails: vec!["j@example.com".to_owned()],
        phones: vec!["+1".to_owned()],
        urls: vec!["https://example.com".to_owned()],
        custom_field_values: vec![GroupValues {
            group_id: "grp_b".to_owned(),
            values: vec![
                value("z", Kind::Text("t".to_owned())),
                value("a", Kind::NullValue(0)),
            ],
        }],
        create_time: time(1_609_459_200),
        update_time: None,
        created_by: Some(john()),
        etag: "7".to_owned(),
    }
}

#[tokio::test]
async fn a_company_is_shown_with_every_key() {
    let core = FakeCore::default().answering(full_company());
    let answer = send(&core, "GET", ONE, &[], "").await;
    let expected = [
        r#"{"data":{"id":"com_1","name":"Tech Corp","description":"short","fundingRaised":"1000000.5","#,
        r#""lastFundingDate":"2021-02-03","industry":"Software","foundationYear":"1990","employeeRange":"201-500","#,
        r#""createdAt":"2021-01-01T00:00:00.000Z","createdBy":{"id":"usr_1","fullName":"John Doe","email":"john@example.com"},"#,
        r#""groups":[{"id":"grp_b","name":"B"}],"addresses":["1 Main St"],"emails":["j@example.com"],"phones":["+1"],"#,
        r#""urls":["https://example.com"],"customFieldValues":{"grp_b":{"z":"t","a":null}}}}"#,
    ];
    assert_eq!(answer.text, expected.concat());
}

#[tokio::test]
async fn what_is_not_known_of_a_company_is_null() {
    let answer = send(&FakeCore::default(), "GET", ONE, &[], "").await;
    assert_eq!(
        answer.json()["data"],
        json!({"id": "", "name": "", "description": "", "fundingRaised": null, "lastFundingDate": null,
               "industry": null, "foundationYear": null, "employeeRange": null, "createdAt": null,
               "createdBy": null, "groups": [], "addresses": [], "emails": [], "phones": [], "urls": [],
               "customFieldValues": {}})
    );
}

#[tokio::test]
async fn what_is_written_is_what_the_core_gets() {
    let core = FakeCore::default();
    let body = r#"{"name": "Tech Corp", "description": "short", "fundingRaised": 1000000.5, "lastFundingDate": "2021-02-03",
        "industry": "Software", "foundationYear": "1990", "employeeRange": "201-500", "groups": [{"id": "grp_b"}],
        "addresses": ["1 Main St"], "emails": ["j@example.com"], "phones": ["+1"], "urls": ["https://example.com"],
        "customFieldValues": {"grp_b": {"z": "t", "a": null}}}"#;
    assert_eq!(send(&core, "POST", ALL, &[], body).await.status, 200);
    let asked = core.asked_once::<CreateCompanyRequest>();
    assert!(!asked.validate_only);
    let mut expected = Company {
        id: String::new(),
        create_time: None,
        created_by: None,
        etag: String::new(),
        ..full_company()
    };
    expected.groups[0].name.clear();
    assert_eq!(asked.company, Some(expected));
}

#[tokio::test]
async fn null_and_what_is_written_change_and_nothing_else() {
    let core = FakeCore::default();
    let body = r#"{"industry": null, "fundingRaised": null, "lastFundingDate": null, "foundationYear": null,
        "employeeRange": null, "customFieldValues": {}, "add": {"emails": ["a"], "groups": [{"id": "g"}]},
        "remove": {"urls": ["u"], "phones": [], "addresses": ["b"]}}"#;
    assert_eq!(send(&core, "PATCH", ONE, &[], body).await.status, 200);
    let asked = core.asked_once::<UpdateCompanyRequest>();
    assert_eq!(
        asked.update_mask.unwrap().paths,
        [
            "industry",
            "funding_raised",
            "last_funding_date",
            "foundation_year",
            "employee_range",
            "custom_field_values"
        ]
    );
    let unset = Company {
        id: "com_1".to_owned(),
        ..Company::default()
    };
    assert_eq!(asked.company, Some(unset));
    let (add, remove) = (asked.add.unwrap(), asked.remove.unwrap());
    assert_eq!(
        (add.emails.as_slice(), add.groups[0].id.as_str()),
        (&["a".to_owned()][..], "g")
    );
    assert_eq!(
        (remove.urls.as_slice(), remove.addresses[0].as_str()),
        (&["u".to_owned()][..], "b")
    );
}

#[tokio::test]
async fn companies_have_no_companies_to_add() {
    let core = FakeCore::default();
    let body = r#"{"companies": [], "add": {"companies": []}, "remove": []}"#;
    let answer = send(&core, "PATCH", ONE, &[], body).await;
    assert_eq!(answer.issue_paths(), json!([["add"], ["remove"], []]));
    assert_eq!(answer.issues()[0]["keys"], json!(["companies"]));
}

#[tokio::test]
async fn a_name_that_is_taken_tells_whose_it_is() {
    let taken = failure(Code::AlreadyExists, "NAME_TAKEN", &[("id", "com_2")], vec![]);
    let core = FakeCore::default().failing(taken);
    let answer = send(&core, "PATCH", ONE, &[], r#"{"name": "Other"}"#).await;
    assert_eq!(answer.error(), (409, "CONFLICT".to_owned()));
    assert_eq!(answer.json()["error"]["details"], json!({"id": "com_2"}));
}

#[tokio::test]
async fn what_the_core_refuses_is_told_at_its_place() {
    let core = FakeCore::default().failing(refusal(&[
        "company.id",
        "company.name",
        "company.funding_raised",
        "company.etag",
        "add.groups.0.id",
    ]));
    let answer = send(&core, "PATCH", ONE, &[], "{}").await;
    assert_eq!(
        answer.issue_paths(),
        json!([
            ["companyId"],
            ["name"],
            ["fundingRaised"],
            ["If-Match"],
            ["add", "groups", 0, "id"]
        ])
    );
}

#[tokio::test]
async fn companies_are_listed_by_their_own_fields() {
    let core = FakeCore::default().answering(ListCompaniesResponse {
        companies: vec![full_company()],
        next_page_token: "t".to_owned(),
    });
    let query = "filter%5BfundingRaised%5D%5Bgt%5D=5&filter%5BemployeeRange%5D%5Bin%5D=10000%2B\
                 &filter%5BcustomFieldValues.grp_1.A.b%5D%5Ball%5D%5Bid%5D=x&limit=1";
    let answer = send(&core, "GET", &format!("{ALL}?{query}"), &[], "").await;
    let data = &answer.json()["data"];
    assert_eq!(data["items"][0]["employeeRange"], "201-500");
    assert_eq!(
        data["pagination"]["nextLink"],
        format!("https://crm.test{ALL}?{query}&cursor=t")
    );
    let asked = core.asked_once::<ListCompaniesRequest>();
    let mut custom = condition("custom_field_values", Operator::All, vec![id("x")]);
    custom.group_id = "grp_1".to_owned();
    custom.custom_field = "A.b".to_owned();
    assert_eq!(
        asked.filter.unwrap().conditions,
        [
            condition("funding_raised", Operator::Gt, vec![text("5")]),
            condition("employee_range", Operator::In, vec![text("10000+")]),
            custom,
        ]
    );
    assert_eq!(asked.page_size, 1);
}
