//! The person that is made again and again: the same texts for pgbench and for the service.

use proto::v1::company_link::Company;
use proto::v1::custom_value::{Kind, References, Texts};
use proto::v1::reference::Target;
use proto::v1::{CompanyLink, CustomValue, Date, FieldValue, GroupLink, GroupValues, Person, Reference};
use serde_json::{Value, json};

use crate::world::{Field, INTERESTS, STATUS, Workspace, World};

/// Of a hundred people, so many have a second company that exists already; for the others it is made.
pub(crate) const KNOWN_COMPANIES: u8 = 95;

pub(crate) const FIRST_NAME: &str = "Ada";
pub(crate) const LAST_NAME: &str = "Merlinghall";
pub(crate) const DESCRIPTION: &str =
    "Met at the conference in Bergen; likes cycling and wants to hear of number 4711 again.";
pub(crate) const BIRTHDAY: &str = "1985-03-12";
pub(crate) const JOB_TITLE: &str = "Senior engineer";
pub(crate) const ADDRESS: &str = "17 Main Street, Bergen";
pub(crate) const PHONE: &str = "+155500004711";
pub(crate) const URL: &str = "https://example.com/people/new";
pub(crate) const SINCE: &str = "2021-05-17";
pub(crate) const NOTE: &str = "Call back about offer 4711";
pub(crate) const SCORE: &str = "42.5";
/// The user who is the value of the field Owner.
pub(crate) const OWNER: i64 = 2;

/// What differs from one to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewPerson {
    pub(crate) workspace: Workspace,
    /// Part of the email.
    pub(crate) number: u64,
    /// The company that is given by id.
    pub(crate) company: i64,
    /// The company that is given by name.
    pub(crate) named: u64,
    /// The person who is the value of the field Related.
    pub(crate) related: i64,
}

impl NewPerson {
    /// One by chance, of the large workspace.
    pub(crate) fn random(world: World) -> Self {
        let companies = world.companies();
        Self {
            workspace: Workspace::LARGE,
            number: fastrand::u64(1..1_000_000_000_000),
            company: fastrand::i64(1..=companies),
            named: if fastrand::u8(1..=100) <= KNOWN_COMPANIES {
                fastrand::u64(1..=companies.unsigned_abs())
            } else {
                fastrand::u64(1_000_000_000..2_000_000_000)
            },
            related: fastrand::i64(1..=world.people),
        }
    }

    pub(crate) fn email(&self) -> String {
        format!("new{}@example.com", self.number)
    }

    pub(crate) fn named(&self) -> String {
        format!("Company {}", self.named)
    }

    /// As REST takes it. Written by hand: making a tree of it first would cost as much as a call.
    pub(crate) fn json(&self, world: World) -> String {
        let workspace = self.workspace;
        let [group_0, group_1] = [0, 1].map(|number| workspace.group(number));
        let (company, named) = (workspace.company(self.company), self.named());
        let (related, owner) = (world.person(workspace, self.related), workspace.user(OWNER));
        let (email, status, [music, _, _, rust, _]) = (self.email(), STATUS[1], INTERESTS);
        format!(
            r#"{{"firstName":"{FIRST_NAME}","lastName":"{LAST_NAME}","description":"{DESCRIPTION}","birthday":"{BIRTHDAY}","jobTitle":"{JOB_TITLE}","groups":[{{"id":"grp_{group_0}"}},{{"id":"grp_{group_1}"}}],"companies":[{{"id":"com_{company}"}},{{"name":"{named}"}}],"addresses":["{ADDRESS}"],"emails":["{email}"],"phones":["{PHONE}"],"urls":["{URL}"],"customFieldValues":{{"grp_{group_0}":{{"Status":"{status}","Interests":["{music}","{rust}"],"Since":"{SINCE}","Related":[{{"id":"per_{related}"}}]}},"grp_{group_1}":{{"Note":"{NOTE}","Score":{SCORE},"Owner":[{{"id":"usr_{owner}"}}]}}}}}}"#
        )
    }

    /// As gRPC takes it.
    pub(crate) fn message(&self, world: World) -> Person {
        let workspace = self.workspace;
        let groups = [0, 1].map(|number| format!("grp_{}", workspace.group(number)));
        let company = |company| CompanyLink {
            company: Some(company),
            display_name: String::new(),
        };
        let value = |name: &str, kind| FieldValue {
            name: name.to_owned(),
            value: Some(CustomValue { kind: Some(kind) }),
        };
        let references = |id: String| {
            let reference = Reference {
                target: Some(Target::Id(id)),
                ..Reference::default()
            };
            Kind::References(References {
                items: vec![reference],
            })
        };
        let interests = [INTERESTS[0], INTERESTS[3]].map(str::to_owned).to_vec();
        let values = [
            vec![
                value("Status", Kind::Text(STATUS[1].to_owned())),
                value("Interests", Kind::Texts(Texts { items: interests })),
                value("Since", Kind::Text(SINCE.to_owned())),
                value(
                    "Related",
                    references(format!("per_{}", world.person(workspace, self.related))),
                ),
            ],
            vec![
                value("Note", Kind::Text(NOTE.to_owned())),
                value("Score", Kind::Number(SCORE.to_owned())),
                value("Owner", references(format!("usr_{}", workspace.user(OWNER)))),
            ],
        ];
        Person {
            first_name: FIRST_NAME.to_owned(),
            last_name: LAST_NAME.to_owned(),
            description: DESCRIPTION.to_owned(),
            birthday: Some(Date {
                year: 1985,
                month: 3,
                day: 12,
            }),
            job_title: JOB_TITLE.to_owned(),
            groups: groups
                .clone()
                .map(|id| GroupLink {
                    id,
                    name: String::new(),
                })
                .to_vec(),
            companies: vec![
                company(Company::Id(format!("com_{}", workspace.company(self.company)))),
                company(Company::Name(self.named())),
            ],
            addresses: vec![ADDRESS.to_owned()],
            emails: vec![self.email()],
            phones: vec![PHONE.to_owned()],
            urls: vec![URL.to_owned()],
            custom_field_values: groups
                .into_iter()
                .zip(values)
                .map(|(group_id, values)| GroupValues { group_id, values })
                .collect(),
            ..Person::default()
        }
    }
}

/// The values of the two groups as they are stored.
pub(crate) fn stored_values(workspace: Workspace) -> [Value; 2] {
    let field = |field| workspace.field(field).to_string();
    [
        json!({
            field(Field::Status): workspace.status(1),
            field(Field::Interests): [workspace.interest(0), workspace.interest(3)],
            field(Field::Since): SINCE,
        }),
        json!({field(Field::Note): NOTE, field(Field::Score): SCORE}),
    ]
}
