//! The documented JSON of people as protobuf and back, written anew for the tests, so that the same scenario runs
//! through REST and gRPC and neither is judged by its own translation.

use chrono::{DateTime, SecondsFormat};
use proto::v1::company_link::Company;
use proto::v1::custom_value::{Kind, References, Texts};
use proto::v1::reference::Target;
use proto::v1::{
    CompanyLink, CustomValue, Date, FieldValue, GroupLink, GroupValues, Person, PersonEntries, Reference,
    UpdatePersonRequest, User,
};
use serde_json::{Map, Value, json};

pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

pub(crate) fn texts(value: &Value) -> Vec<String> {
    value
        .as_array()
        .map(|items| items.iter().map(text).collect())
        .unwrap_or_default()
}

pub(crate) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A body of the documented form; anything else cannot be said in protobuf.
pub(crate) fn to_proto(body: &Value) -> Person {
    let mut person = Person::default();
    for (key, value) in body.as_object().expect("an object") {
        match key.as_str() {
            "firstName" => person.first_name = text(value),
            "lastName" => person.last_name = text(value),
            "fullName" => person.full_name = text(value),
            "description" => person.description = text(value),
            "jobTitle" => person.job_title = text(value),
            "birthday" => person.birthday = value.as_str().map(date),
            "groups" => person.groups = items(value).iter().map(group).collect(),
            "companies" => person.companies = items(value).iter().map(company).collect(),
            "addresses" => person.addresses = texts(value),
            "emails" => person.emails = texts(value),
            "phones" => person.phones = texts(value),
            "urls" => person.urls = texts(value),
            "customFieldValues" => {
                let groups = value.as_object().expect("an object");
                person.custom_field_values = groups.iter().map(group_values).collect();
            }
            other => panic!("{other} is no field of a person in protobuf"),
        }
    }
    person
}

/// A PATCH of the documented form: the mask holds what is there.
pub(crate) fn update(id: &str, patch: &Value) -> UpdatePersonRequest {
    let mut fields = patch.as_object().expect("an object").clone();
    let (add, remove) = (fields.remove("add"), fields.remove("remove"));
    let paths = fields.keys().map(|key| snake(key)).collect();
    let person = Person {
        id: id.to_owned(),
        ..to_proto(&Value::Object(fields))
    };
    UpdatePersonRequest {
        person: Some(person),
        update_mask: Some(prost_types::FieldMask { paths }),
        add: add.as_ref().map(entries),
        remove: remove.as_ref().map(entries),
        validate_only: false,
    }
}

fn entries(value: &Value) -> PersonEntries {
    let Person {
        groups,
        companies,
        addresses,
        emails,
        phones,
        urls,
        ..
    } = to_proto(value);
    PersonEntries {
        groups,
        companies,
        addresses,
        emails,
        phones,
        urls,
    }
}

/// The name in protobuf.
pub(crate) fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

pub(crate) fn date(text: &str) -> Date {
    let parts: Vec<u32> = text
        .split('-')
        .map(|part| part.parse().expect("a number"))
        .collect();
    Date {
        year: parts[0],
        month: parts[1],
        day: parts[2],
    }
}

pub(crate) fn group(value: &Value) -> GroupLink {
    GroupLink {
        id: text(&value["id"]),
        name: String::new(),
    }
}

fn company(value: &Value) -> CompanyLink {
    let company = match (value.get("id"), value.get("name")) {
        (Some(id), None) => Some(Company::Id(text(id))),
        (None, Some(name)) => Some(Company::Name(text(name))),
        _ => None,
    };
    CompanyLink {
        company,
        display_name: String::new(),
    }
}

pub(crate) fn group_values((group_id, values): (&String, &Value)) -> GroupValues {
    GroupValues {
        group_id: group_id.clone(),
        values: field_values(values),
    }
}

pub(crate) fn field_values(values: &Value) -> Vec<FieldValue> {
    let values = values
        .as_object()
        .expect("an object")
        .iter()
        .map(|(name, value)| FieldValue {
            name: name.clone(),
            value: Some(CustomValue {
                kind: Some(kind(value)),
            }),
        });
    values.collect()
}

fn kind(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::NullValue(0),
        Value::Bool(_) => Kind::Other("boolean".to_owned()),
        Value::Number(number) => Kind::Number(number.to_string()),
        Value::String(text) => Kind::Text(text.clone()),
        Value::Object(_) => Kind::Other("object".to_owned()),
        Value::Array(items) if items.iter().all(Value::is_string) && !items.is_empty() => {
            Kind::Texts(Texts { items: texts(value) })
        }
        Value::Array(items) if items.iter().all(Value::is_object) => Kind::References(References {
            items: items.iter().map(reference).collect(),
        }),
        Value::Array(_) => Kind::Other("array".to_owned()),
    }
}

fn reference(value: &Value) -> Reference {
    let target = match (value.get("id"), value.get("email")) {
        (Some(id), None) => Some(Target::Id(text(id))),
        (None, Some(email)) => Some(Target::Email(text(email))),
        _ => None,
    };
    Reference {
        target,
        ..Reference::default()
    }
}

/// The documented form of an answer.
pub(crate) fn from_proto(person: Person) -> Value {
    let values = shown_groups(person.custom_field_values);
    let strongest = person
        .strongest_connections
        .into_iter()
        .map(|connection| (connection.group_id, user(connection.user.expect("a user"))));
    let metadata = person.interaction_metadata.expect("metadata");
    let (own, all) = (metadata.user.expect("own"), metadata.workspace.expect("all"));
    json!({
        "id": person.id,
        "firstName": person.first_name,
        "lastName": person.last_name,
        "fullName": person.full_name,
        "description": person.description,
        "birthday": person.birthday.map(iso),
        "jobTitle": person.job_title,
        "createdAt": time(person.create_time),
        "createdBy": user(person.created_by.expect("a creator")),
        "groups": person.groups.into_iter()
            .map(|group| json!({"id": group.id, "name": group.name})).collect::<Vec<_>>(),
        "companies": person.companies.into_iter().map(|link| {
            let Some(Company::Id(id)) = link.company else { panic!("a company without id") };
            json!({"id": id, "name": link.display_name})
        }).collect::<Vec<_>>(),
        "addresses": person.addresses,
        "emails": person.emails,
        "phones": person.phones,
        "urls": person.urls,
        "customFieldValues": values,
        "interactionMetadata": {
            "user": {
                "approximateCount": own.approximate_count,
                "lastInteractedAt": time(own.last_interaction_time),
            },
            "workspace": {
                "approximateCount": all.approximate_count,
                "lastInteractedAt": time(all.last_interaction_time),
                "lastInteractedBy": all.last_interaction_users.into_iter().map(user).collect::<Vec<_>>(),
            },
        },
        "strongestConnection": strongest.collect::<Map<_, _>>(),
    })
}

pub(crate) fn shown_groups(groups: Vec<GroupValues>) -> Map<String, Value> {
    let groups = groups.into_iter();
    groups
        .map(|GroupValues { group_id, values }| (group_id, Value::Object(shown_values(values))))
        .collect()
}

pub(crate) fn shown_values(values: Vec<FieldValue>) -> Map<String, Value> {
    let values = values.into_iter();
    values
        .map(|FieldValue { name, value }| (name, shown(value)))
        .collect()
}

fn shown(value: Option<CustomValue>) -> Value {
    match value.and_then(|value| value.kind).expect("a value") {
        Kind::NullValue(_) => Value::Null,
        Kind::Text(text) | Kind::Number(text) => Value::String(text),
        Kind::Date(date) => Value::String(iso(date)),
        Kind::Texts(Texts { items }) => json!(items),
        Kind::References(References { items }) => items.into_iter().map(shown_reference).collect(),
        Kind::Other(form) => panic!("{form} in an answer"),
    }
}

fn shown_reference(reference: Reference) -> Value {
    let entity = match reference.entity_type() {
        proto::v1::EntityType::Person => "person",
        proto::v1::EntityType::Company => "company",
        proto::v1::EntityType::Object => "object",
        proto::v1::EntityType::User => "user",
        proto::v1::EntityType::Unspecified => panic!("a reference to nothing"),
    };
    let Some(Target::Id(id)) = reference.target else {
        panic!("a reference without id")
    };
    if entity == "user" {
        json!({"id": id, "fullName": reference.full_name, "email": reference.user_email})
    } else {
        json!({"id": id, "fullName": reference.full_name, "entityType": entity})
    }
}

pub(crate) fn user(User { id, full_name, email }: User) -> Value {
    json!({"id": id, "fullName": full_name, "email": email})
}

pub(crate) fn iso(Date { year, month, day }: Date) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

pub(crate) fn time(at: Option<prost_types::Timestamp>) -> Value {
    let at = at.map(|at| {
        DateTime::from_timestamp(at.seconds, at.nanos.cast_unsigned())
            .expect("a time")
            .to_rfc3339_opts(SecondsFormat::Millis, true)
    });
    json!(at)
}
