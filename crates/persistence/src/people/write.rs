//! Writing people, new or changed: the document that the statements take, and what comes of them.

use diesel_async::AsyncPgConnection;
use domain::{
    CompanyId, CompanyRef, EntityType, InteractionSummary, Person, PersonDraft, PersonId, PersonView,
    RecordName, RecordNames,
};
use serde::Serialize;
use uuid::Uuid;

use super::row::WrittenRow;
use crate::Error;
use crate::records::links::Links;
use crate::records::lookups::{Answer, Found, Lookups, Missing, NamedCompany};
use crate::records::{Head, Stored, Writing};
use crate::statement::{Document, Statement};

/// What came of writing one person.
#[derive(Debug)]
pub enum Outcome {
    /// These do not exist, so nothing of the person was stored.
    Missing(Missing),
    /// The person as it is now, or as it would be.
    Person {
        /// The person.
        view: Box<PersonView>,
        /// Its companies that were made for it, or would be.
        new_companies: Vec<CompanyId>,
    },
}

/// One person to write.
#[derive(Debug)]
pub(super) struct Written<'a> {
    pub(super) record: Stored<PersonId>,
    pub(super) draft: &'a PersonDraft,
    /// Whether to store it, or only to look up what it refers to.
    pub(super) store: bool,
    /// An id for each company that the draft names and that may have to be made.
    pub(super) new_companies: &'a [CompanyId],
    /// Names that are known already.
    pub(super) names: &'a RecordNames,
    pub(super) interactions: &'a InteractionSummary,
}

#[derive(Debug, Serialize)]
struct Input<'a> {
    #[serde(flatten)]
    head: Head,
    /// Whose links are replaced by these.
    record_id: Option<Uuid>,
    lookups: &'a Lookups,
    people: Vec<WrittenRow>,
    companies: Vec<CompanyRow>,
    #[serde(flatten)]
    links: Links,
}

/// A company of a person: its id, or the number under which its name is looked up.
#[derive(Debug, Serialize)]
struct CompanyRow {
    person_id: Uuid,
    position: i16,
    #[serde(skip_serializing_if = "Option::is_none")]
    company_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lookup: Option<usize>,
}

/// Runs one of the statements that write people; nothing if the definitions have changed.
///
/// It looks up what they refer to and writes them and the companies that they name, if all of that is there or can be made. If
/// not, those of whom nothing is missing are written by running it once more.
pub(super) async fn write(
    connection: &AsyncPgConnection,
    sql: &'static str,
    writing: Writing,
    people: &[Written<'_>],
) -> Result<Option<Vec<Outcome>>, Error> {
    let Some(mut looked_up) = LookedUp::of(connection, sql, writing, people).await? else {
        return Ok(None);
    };
    looked_up.write_rest(connection, sql, writing).await?;
    Ok(Some(looked_up.outcomes()))
}

/// People after the statement has run for the first time.
pub(super) struct LookedUp<'a> {
    people: &'a [Written<'a>],
    found: Found,
    /// Of each.
    missing: Vec<Missing>,
}

impl<'a> LookedUp<'a> {
    /// Runs the statement; nothing if the definitions have changed.
    pub(super) async fn of(
        connection: &AsyncPgConnection,
        sql: &'static str,
        writing: Writing,
        people: &'a [Written<'a>],
    ) -> Result<Option<Self>, Error> {
        let all: Vec<_> = people.iter().collect();
        let Some(found) = look_up_and_write(connection, sql, writing, &all).await? else {
            return Ok(None);
        };
        let missing = people
            .iter()
            .map(|person| found.missing(&person.draft.references));
        Ok(Some(Self {
            missing: missing.collect(),
            people,
            found,
        }))
    }

    /// Those who are not written yet, and can be.
    pub(super) fn rest(&self, writing: &Writing) -> Vec<&'a Written<'a>> {
        if writing.atomic || self.missing.iter().all(Missing::is_empty) {
            return Vec::new();
        }
        let with_missing = self.people.iter().zip(&self.missing);
        with_missing
            .filter(|(person, missing)| person.store && missing.is_empty())
            .map(|(person, _)| person)
            .collect()
    }

    /// Writes them.
    pub(super) async fn write_rest(
        &mut self,
        connection: &AsyncPgConnection,
        sql: &'static str,
        writing: Writing,
    ) -> Result<(), Error> {
        let rest = self.rest(&writing);
        if rest.is_empty() {
            return Ok(());
        }
        match look_up_and_write(connection, sql, writing, &rest).await? {
            Some(found_again) if rest.iter().all(|person| person.is_complete(&found_again)) => {
                self.found.extend(found_again);
            }
            // Something is gone since the first time.
            Some(_) | None => return Err(Error::Conflict { constraint: None }),
        }
        Ok(())
    }

    /// What came of each.
    pub(super) fn outcomes(self) -> Vec<Outcome> {
        let Self {
            people,
            found,
            missing,
        } = self;
        let outcome = |(person, missing): (&Written<'_>, Missing)| {
            if missing.is_empty() {
                person.outcome(&found)
            } else {
                Outcome::Missing(missing)
            }
        };
        people.iter().zip(missing).map(outcome).collect()
    }
}

/// Runs the statement; answers what was found. If that is all, those to store were written. Nothing if the definitions have
/// changed.
async fn look_up_and_write(
    connection: &AsyncPgConnection,
    sql: &'static str,
    writing: Writing,
    people: &[&Written<'_>],
) -> Result<Option<Found>, Error> {
    let mut lookups = Lookups::default();
    let (mut rows, mut companies, mut links) =
        (Vec::with_capacity(people.len()), Vec::new(), Links::default());
    let mut record_id = None;
    for person in people {
        let of_person = person.look_up(&mut lookups);
        if person.store {
            let id = person.record.id.uuid();
            record_id = Some(id);
            rows.push(WrittenRow::new(person.record, &person.draft.profile));
            companies.extend(of_person);
            links.add_memberships(id, &person.draft.memberships);
        }
    }
    let statement = Statement {
        sql,
        workspace_id: writing.workspace_id.uuid(),
        input: &Document(Input {
            head: writing.head(),
            record_id,
            lookups: &lookups,
            people: rows,
            companies,
            links,
        }),
    };
    let answer: Answer = statement.answer(connection).await?;
    Ok(answer.current.then(|| lookups.found(answer)))
}

impl Written<'_> {
    /// The companies that the draft names, each with the id for a new one.
    fn named_companies(&self) -> impl Iterator<Item = NamedCompany<'_>> {
        let names = self.draft.companies.iter().filter_map(|company| match company {
            CompanyRef::Id(_) => None,
            CompanyRef::Name(name) => Some(name),
        });
        names.zip(self.new_companies).map(|(name, id)| NamedCompany {
            id: *id,
            name,
            key: name.key(),
        })
    }

    /// Whether nothing that the person refers to is missing.
    fn is_complete(&self, found: &Found) -> bool {
        found.missing(&self.draft.references).is_empty()
    }

    /// Adds all that the person refers to; answers its companies.
    fn look_up(&self, lookups: &mut Lookups) -> Vec<CompanyRow> {
        lookups.add(&self.draft.references);
        let person_id = self.record.id.uuid();
        let mut named = self.named_companies();
        let mut add = |company| lookups.add_company_named(company, self.store);
        let row = |(position, company): (i16, &CompanyRef)| {
            let (company_id, lookup) = match company {
                CompanyRef::Id(id) => (Some(id.uuid()), None),
                CompanyRef::Name(_) => (None, named.next().map(&mut add)),
            };
            CompanyRow {
                person_id,
                position,
                company_id,
                lookup,
            }
        };
        (0..).zip(&self.draft.companies).map(row).collect()
    }

    /// The person that the draft has become, without asking the database again.
    fn outcome(&self, found: &Found) -> Outcome {
        let own_name = self.draft.profile.shown_full_name();
        let own = (self.record.id.uuid(), own_name.as_str());
        let mut names = found.names(self.names, &self.draft.references, own);
        let mut named = self.named_companies();
        let mut companies: Vec<CompanyId> = Vec::with_capacity(self.draft.companies.len());
        let mut new_companies = Vec::new();
        for company in &self.draft.companies {
            let id = match company {
                CompanyRef::Id(id) => *id,
                CompanyRef::Name(_) => {
                    let Some(company) = named.next() else { continue };
                    let (id, name) = found
                        .company_named(&company.key)
                        .cloned()
                        .unwrap_or_else(|| (company.id.uuid(), company.name.as_str().to_owned()));
                    let entity_type = EntityType::Company;
                    names.insert(id, RecordName { entity_type, name });
                    if company.id.uuid() == id {
                        new_companies.push(company.id);
                    }
                    id.into()
                }
            };
            // Two names, or a name and an id, may mean the same one.
            if !companies.contains(&id) {
                companies.push(id);
            }
        }
        let Stored {
            id,
            created_at,
            created_by,
            updated_at,
            version,
        } = self.record;
        let view = PersonView {
            person: Person {
                id,
                profile: self.draft.profile.clone(),
                companies,
                memberships: self.draft.memberships.clone(),
                created_at,
                created_by,
                updated_at,
                version,
            },
            names,
            interactions: self.interactions.clone(),
        };
        let view = Box::new(view);
        Outcome::Person { view, new_companies }
    }
}
