//! Deals on their way out: every key is always there.

use proto::v1::{Deal, DealPerson};
use serde::Serialize;

use crate::record_json::NamedJson;
use crate::records::ValuesJson;
use crate::time::iso_time;
use crate::users::UserJson;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DealJson<'a> {
    id: &'a str,
    name: &'a str,
    companies: Vec<NamedJson<'a>>,
    people: Vec<DealPersonJson<'a>>,
    custom_field_values: ValuesJson<'a>,
    created_at: Option<String>,
    created_by: Option<UserJson<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DealPersonJson<'a> {
    id: &'a str,
    full_name: &'a str,
}

impl<'a> From<&'a Deal> for DealJson<'a> {
    fn from(deal: &'a Deal) -> Self {
        let Deal {
            id,
            group_id: _,
            object_type: _,
            name,
            companies,
            people,
            custom_field_values,
            create_time,
            update_time: _,
            created_by,
            etag: _,
        } = deal;
        Self {
            id,
            name,
            companies: companies.iter().map(NamedJson::from).collect(),
            people: people.iter().map(DealPersonJson::from).collect(),
            custom_field_values: ValuesJson(custom_field_values),
            created_at: create_time.as_ref().and_then(iso_time),
            created_by: created_by.as_ref().map(UserJson::from),
        }
    }
}

impl<'a> From<&'a DealPerson> for DealPersonJson<'a> {
    fn from(DealPerson { id, full_name }: &'a DealPerson) -> Self {
        Self { id, full_name }
    }
}
