//! A workspace with a custom field of every type.

use std::sync::LazyLock;

use domain::{
    CustomField, CustomFieldId, Definitions, FieldSet, FieldType, Group, GroupId, NumericFormat, ObjectType,
    ObjectTypeId, OptionId, SelectOption, SelectOptions, User, UserId,
};
use uuid::{Uuid, uuid};

/// The id of the only group.
pub const GROUP: &str = "grp_5fa60242-0756-4e31-8cca-30c2c5ff1ac2";

const GROUP_ID: GroupId = GroupId::new(uuid!("5fa60242-0756-4e31-8cca-30c2c5ff1ac2"));
const DEALS: ObjectTypeId = ObjectTypeId::new(Uuid::from_u128(1));

/// What the workspace has defined.
pub fn definitions() -> &'static Definitions {
    static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
        let user = User {
            id: UserId::new(uuid!("c3606e3b-0a92-4849-90e5-88a8d3f388d6")),
            full_name: "Jane Roe".to_owned(),
            email: "jane@example.com".to_owned(),
            deactivated_at: None,
        };
        let group = Group {
            id: GROUP_ID,
            name: "Everything".to_owned(),
            person_fields: fields(100),
            company_fields: fields(200),
            object_types: vec![ObjectType {
                id: DEALS,
                name: "Deals".to_owned(),
                fields: fields(300),
            }],
        };
        Definitions::new(1, vec![7; 32], vec![user], vec![group])
    });
    &DEFINITIONS
}

/// A field of every type, with ids from here on.
fn fields(first: u128) -> FieldSet {
    let options = || SelectOptions::new(vec![option(1, "Active"), option(2, "Former"), option(3, "")]);
    let types = [
        ("Text", FieldType::Text),
        ("Magic", FieldType::Magic),
        (
            "Number",
            FieldType::Numeric {
                format: NumericFormat::Default,
                currency: None,
            },
        ),
        ("Date", FieldType::Date),
        ("Status", FieldType::SingleSelect(options())),
        ("Multiple", FieldType::MultipleSelect(options())),
        ("Contacts", FieldType::Contact),
        ("Users", FieldType::User),
        ("Deals", FieldType::Object(DEALS)),
    ];
    let field = |(id, (name, field_type)): (u128, (&str, FieldType))| CustomField {
        id: CustomFieldId::new(Uuid::from_u128(id)),
        name: name.to_owned(),
        former_names: vec![format!("Former {name}")],
        field_type,
    };
    FieldSet::new((first..).zip(types).map(field).collect())
}

fn option(id: u128, label: &str) -> SelectOption {
    SelectOption {
        id: OptionId::new(Uuid::from_u128(id)),
        label: label.to_owned(),
        color: String::new(),
        former_labels: vec![format!("Former {label}")],
    }
}
