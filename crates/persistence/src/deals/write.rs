//! Writing a deal, new or changed: the document that the statements take, and what they answer.

use diesel_async::AsyncPgConnection;
use domain::{Deal, DealDraft, DealView, ObjectId, Operation, RecordNames};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::DealHome;
use super::row::{DealRow, WrittenRow};
use super::snapshot::differences;
use crate::Error;
use crate::records::links::Links;
use crate::records::lookups::{Answer, Lookups, Missing};
use crate::records::{Head, Stored, Writing};
use crate::statement::{Document, Statement};

#[derive(Debug, Serialize)]
struct Input<'a> {
    #[serde(flatten)]
    head: Head,
    record_id: Uuid,
    lookups: &'a Lookups,
    operation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<Value>,
    /// None or one.
    deals: Vec<WrittenRow>,
    people: Vec<PersonRow>,
    companies: Vec<CompanyRow>,
    #[serde(flatten)]
    links: Links,
}

#[derive(Debug, Serialize)]
struct PersonRow {
    person_id: Uuid,
    position: i16,
}

#[derive(Debug, Serialize)]
struct CompanyRow {
    company_id: Uuid,
    position: i16,
}

/// What came of writing a deal.
pub(super) enum Written {
    /// The definitions have changed.
    Stale,
    /// These do not exist.
    Missing(Missing),
    /// The deal as it is now, or as it would be.
    Done(Box<DealView>),
}

/// A deal to write.
pub(super) struct ToWrite<'a> {
    pub(super) record: Stored<ObjectId>,
    pub(super) home: DealHome,
    pub(super) draft: &'a DealDraft,
    /// Whether to store it, or only to look up what it refers to.
    pub(super) store: bool,
    /// Names that are known already.
    pub(super) names: &'a RecordNames,
    /// The deal as it was, if there was one.
    pub(super) before: Option<&'a Deal>,
}

/// Runs one of the statements that write a deal.
pub(super) async fn write(
    connection: &AsyncPgConnection,
    sql: &'static str,
    writing: Writing,
    deal: ToWrite<'_>,
) -> Result<Written, Error> {
    let ToWrite {
        record,
        home,
        draft,
        store,
        names,
        before,
    } = deal;
    let DealDraft {
        profile,
        values,
        references,
    } = draft;
    let after = deal_of(record, home, draft);
    let operation = before.map_or(Operation::Create, |_| Operation::Update);
    let id = record.id.uuid();
    let mut links = Links::default();
    let plain = links.add_values(id, None, values);
    let lookups = Lookups::of(references);
    let people = (0_i16..)
        .zip(&profile.people)
        .map(|(position, person)| PersonRow {
            person_id: person.uuid(),
            position,
        });
    let companies = (0_i16..)
        .zip(&profile.companies)
        .map(|(position, company)| CompanyRow {
            company_id: company.uuid(),
            position,
        });
    let row = store.then(|| WrittenRow {
        row: DealRow::new(record, home, &profile.name),
        values: plain,
    });
    let input = Input {
        head: writing.head(),
        record_id: id,
        lookups: &lookups,
        operation: operation.as_str(),
        payload: before.map(|before| differences(before, &after)),
        deals: row.into_iter().collect(),
        people: people.collect(),
        companies: companies.collect(),
        links,
    };
    let statement = Statement {
        sql,
        workspace_id: writing.workspace_id.uuid(),
        input: &Document(input),
    };
    let answer: Answer = statement.answer(connection).await?;
    if !answer.current {
        return Ok(Written::Stale);
    }
    let found = lookups.found(answer);
    let missing = found.missing(references);
    if !missing.is_empty() {
        return Ok(Written::Missing(missing));
    }
    Ok(Written::Done(Box::new(DealView {
        deal: after,
        names: found.names(names, references, (id, profile.name.as_str())),
    })))
}

fn deal_of(record: Stored<ObjectId>, home: DealHome, draft: &DealDraft) -> Deal {
    let Stored {
        id,
        created_at,
        created_by,
        updated_at,
        version,
    } = record;
    let DealHome {
        group_id,
        object_type_id,
    } = home;
    Deal {
        id,
        group_id,
        object_type_id,
        profile: draft.profile.clone(),
        values: draft.values.clone(),
        created_at,
        created_by,
        updated_at,
        version,
    }
}
