//! The documented JSON of deals as protobuf and back, for the tests, as [`crate::person_json`] is of people.

use proto::v1::{Deal, DealCompany, DealPerson, UpdateDealRequest};
use serde_json::{Value, json};

use crate::person_json::{field_values, items, shown_values, snake, text, time, user};

/// A body of the documented form; anything else cannot be said in protobuf.
pub(crate) fn to_proto(group_id: &str, object_type: &str, body: &Value) -> Deal {
    let mut deal = Deal {
        group_id: group_id.to_owned(),
        object_type: object_type.to_owned(),
        ..Deal::default()
    };
    for (key, value) in body.as_object().expect("an object") {
        match key.as_str() {
            "name" => deal.name = text(value),
            "companies" => {
                let companies = items(value).iter().map(|item| DealCompany {
                    id: text(&item["id"]),
                    name: String::new(),
                });
                deal.companies = companies.collect();
            }
            "people" => {
                let people = items(value).iter().map(|item| DealPerson {
                    id: text(&item["id"]),
                    full_name: String::new(),
                });
                deal.people = people.collect();
            }
            "customFieldValues" => deal.custom_field_values = field_values(value),
            other => panic!("{other} is no field of a deal in protobuf"),
        }
    }
    deal
}

/// A PATCH of the documented form: the mask holds what is there.
pub(crate) fn update(group_id: &str, object_type: &str, id: &str, patch: &Value) -> UpdateDealRequest {
    let keys = patch.as_object().expect("an object").keys();
    let paths = keys.map(|key| snake(key)).collect();
    let deal = Deal {
        id: id.to_owned(),
        ..to_proto(group_id, object_type, patch)
    };
    UpdateDealRequest {
        deal: Some(deal),
        update_mask: Some(prost_types::FieldMask { paths }),
        validate_only: false,
    }
}

/// The documented form of an answer.
pub(crate) fn from_proto(deal: Deal) -> Value {
    json!({
        "id": deal.id,
        "name": deal.name,
        "companies": deal.companies.into_iter()
            .map(|company| json!({"id": company.id, "name": company.name})).collect::<Vec<_>>(),
        "people": deal.people.into_iter()
            .map(|person| json!({"id": person.id, "fullName": person.full_name})).collect::<Vec<_>>(),
        "customFieldValues": shown_values(deal.custom_field_values),
        "createdAt": time(deal.create_time),
        "createdBy": user(deal.created_by.expect("a creator")),
    })
}
