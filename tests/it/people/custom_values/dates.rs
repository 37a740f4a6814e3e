//! `dateField`.

use serde_json::json;
use tests::TestServer;

use super::{assert_refused, shown};

#[tokio::test(flavor = "multi_thread")]
async fn a_date_is_a_day_of_the_calendar_in_its_one_form() {
    let server = TestServer::start().await;
    for api in server.both() {
        for day in ["2021-01-01", "2024-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(
                shown(&api, "Date", &json!(day)).await,
                day,
                "{} {day}",
                api.name()
            );
        }
        for wrong in [
            "2023-02-29",
            "2023-13-01",
            "0000-01-01",
            "2023-1-1",
            "20230101",
            " 2023-01-01",
            "2023-01-01T00:00:00Z",
            "tomorrow",
            "２023-01-01",
        ] {
            assert_refused(&api, "Date", &json!(wrong), &[], "invalid_date").await;
        }
        for wrong in [
            json!(20_230_101),
            json!(true),
            json!(["2023-01-01"]),
            json!({"year": 2023}),
        ] {
            assert_refused(&api, "Date", &wrong, &[], "invalid_type").await;
        }
    }
}
