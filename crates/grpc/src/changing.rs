//! Changing a record: what all kinds of records go through between the request and the answer.

use domain::{Definitions, Deprecations, Draft, Judging, PlacedReference, Violations};
use persistence::{Decision, Updated};

use crate::attempts::{Again, Attempt};
use crate::convert::etag;
use crate::creating::unless_lost;
use crate::references::report_missing;
use crate::status::Failure;

/// What the caller expects of a change apart from what changes.
pub(crate) struct Expected<'a> {
    /// The etag that the record must have; any, when empty.
    pub(crate) etag: &'a str,
    /// Store nothing.
    pub(crate) validate_only: bool,
}

/// What was noted of a change on the way.
#[derive(Default)]
pub(crate) struct Noted {
    deprecations: Deprecations,
    violations: Violations,
    references: Vec<PlacedReference>,
    /// The present etag, if another one was expected.
    stale_etag: Option<String>,
}

impl Noted {
    /// A change of which this was found wrong before the record was seen.
    pub(crate) fn new(violations: Violations) -> Self {
        Self {
            violations,
            ..Self::default()
        }
    }

    /// Decides what becomes of a record that was seen in this version.
    pub(crate) fn decide<D: Draft>(
        &mut self,
        current: &D::View,
        version: i64,
        expected: &Expected<'_>,
        definitions: &Definitions,
        apply: impl FnOnce(&mut Judging<'_>) -> D,
    ) -> Decision<D> {
        let present = etag(version);
        if !expected.etag.is_empty() && *expected.etag != present {
            self.stale_etag = Some(present);
            return Decision::Leave;
        }
        let mut judging = Judging {
            definitions,
            deprecations: &mut self.deprecations,
            violations: &mut self.violations,
        };
        let draft = apply(&mut judging);
        self.references = draft.references().to_vec();
        let wrong = !self.violations.is_empty();
        if wrong && self.references.is_empty() || !wrong && !draft.differs_from(current) {
            Decision::Leave
        } else if wrong || expected.validate_only {
            // What is wrong is still asked whether what it refers to exists: all problems are told at once.
            Decision::DryRun(Box::new(draft))
        } else {
            Decision::Write(Box::new(draft))
        }
    }

    /// What came of it: the record, a failure, or another attempt. `noun` is what a record is called.
    pub(crate) fn conclude<Record>(
        self,
        noun: &str,
        updated: Result<Updated<Record>, persistence::Error>,
    ) -> Result<Attempt<(Record, Deprecations)>, Failure> {
        let updated = match unless_lost(updated)? {
            Ok(updated) => updated,
            Err(why) => return Ok(Attempt::Again(why)),
        };
        let Self {
            deprecations,
            mut violations,
            references,
            stale_etag,
        } = self;
        match updated {
            Updated::NotFound => Err(Failure::NotFound(format!("no such {noun} in the workspace"))),
            Updated::Stale => Ok(Attempt::Again(Again::Stale)),
            Updated::Missing(missing) => {
                report_missing(references, &missing, &mut violations);
                Ok(Attempt::Again(Again::Invalid(violations)))
            }
            Updated::NameTaken(_) | Updated::Done(_) if stale_etag.is_some() => {
                Err(Failure::EtagMismatch(stale_etag.unwrap_or_default()))
            }
            Updated::NameTaken(_) | Updated::Done(_) if !violations.is_empty() => {
                Ok(Attempt::Again(Again::Invalid(violations)))
            }
            Updated::NameTaken(other) => Err(Failure::NameTaken {
                message: format!("another {noun} has this name"),
                id: other.to_string(),
            }),
            Updated::Done(record) => Ok(Attempt::Done((record, deprecations))),
        }
    }
}
