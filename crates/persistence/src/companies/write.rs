//! Writing a company, new or changed: the document that the statements take, and what they answer.

use diesel_async::AsyncPgConnection;
use domain::{Company, CompanyDraft, CompanyId, CompanyView, NameKey, Operation, RecordNames};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::name_key_hex;
use super::row::WrittenRow;
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
    companies: Vec<WrittenRow>,
    name_key: String,
    #[serde(flatten)]
    links: Links,
}

#[derive(Debug, Deserialize)]
struct Output {
    #[serde(flatten)]
    answer: Answer,
    written: bool,
    /// The company that had this name before.
    same_name: Option<Uuid>,
}

/// What came of writing a company.
pub(super) enum Written {
    /// The definitions have changed.
    Stale,
    /// These do not exist.
    Missing(Missing),
    /// There is another company of this name.
    Existing(CompanyId),
    /// Another write got in between.
    Raced,
    /// The company as it is now, or as it would be.
    Done(Box<CompanyView>),
}

/// A company to write.
pub(super) struct ToWrite<'a> {
    pub(super) record: Stored<CompanyId>,
    pub(super) draft: &'a CompanyDraft,
    /// Whether to store it, or only to look up what it refers to.
    pub(super) store: bool,
    /// Names that are known already.
    pub(super) names: &'a RecordNames,
    /// The company as it was, if there was one.
    pub(super) before: Option<&'a Company>,
}

/// Runs one of the statements that write a company.
pub(super) async fn write(
    connection: &AsyncPgConnection,
    sql: &'static str,
    writing: Writing,
    company: ToWrite<'_>,
) -> Result<Written, Error> {
    let ToWrite {
        record,
        draft,
        store,
        names,
        before,
    } = company;
    let after = company_of(record, draft);
    let operation = before.map_or(Operation::Create, |_| Operation::Update);
    let CompanyDraft {
        profile,
        memberships,
        references,
    } = draft;
    let id = record.id.uuid();
    let mut links = Links::default();
    links.add_memberships(id, memberships);
    let lookups = Lookups::of(references);
    let input = Input {
        head: writing.head(),
        record_id: id,
        lookups: &lookups,
        operation: operation.as_str(),
        payload: before.map(|before| differences(before, &after)),
        companies: store
            .then(|| WrittenRow::new(record, profile))
            .into_iter()
            .collect(),
        name_key: name_key_hex(&NameKey::new(profile.name.as_str())),
        links,
    };
    let statement = Statement {
        sql,
        workspace_id: writing.workspace_id.uuid(),
        input: &Document(input),
    };
    let Output {
        answer,
        written,
        same_name,
    }: Output = statement.answer(connection).await?;
    if !answer.current {
        return Ok(Written::Stale);
    }
    let found = lookups.found(answer);
    let missing = found.missing(references);
    if !missing.is_empty() {
        return Ok(Written::Missing(missing));
    }
    if !written && let Some(other) = same_name.filter(|other| *other != id) {
        return Ok(Written::Existing(other.into()));
    }
    if store && !written {
        return Ok(Written::Raced);
    }
    Ok(Written::Done(Box::new(CompanyView {
        company: after,
        names: found.names(names, references, (id, profile.name.as_str())),
    })))
}

fn company_of(record: Stored<CompanyId>, draft: &CompanyDraft) -> Company {
    let Stored {
        id,
        created_at,
        created_by,
        updated_at,
        version,
    } = record;
    Company {
        id,
        profile: draft.profile.clone(),
        memberships: draft.memberships.clone(),
        created_at,
        created_by,
        updated_at,
        version,
    }
}
