//! Creates that name themselves: the same request is done once, however often and wherever it is sent.

use domain::{Path, Text, Violations};
use persistence::remembered_requests::{self, Claim, NamedRequest};
use persistence::{Connection, Database, Transaction};
use prost::Message;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::clock;
use crate::edge::Caller;
use crate::status::Failure;

/// The most characters of a request's name.
const MAX_NAME: usize = 255;

/// The name of a request, if it has one.
pub(crate) struct RequestName(Option<NamedRequest>);

/// What is known of a request.
pub(crate) enum Begun<Answer> {
    /// It was done before.
    Done(Answer),
    /// It is to be done, with this.
    Work(Box<Work>),
}

/// The connection to do a request with; if the request has a name, in a transaction that remembers it.
pub(crate) enum Work {
    Unnamed(Connection),
    Named(Box<NamedRequest>, Transaction),
}

impl RequestName {
    /// The name of a request; `content` is the request without it. What stores nothing need not be remembered.
    ///
    /// # Errors
    /// The name is too long.
    pub(crate) fn of(
        caller: Caller,
        operation: &'static str,
        request_id: String,
        validate_only: bool,
        content: &impl Message,
    ) -> Result<Self, Failure> {
        if request_id.is_empty() || validate_only {
            return Ok(Self(None));
        }
        let mut violations = Violations::default();
        let request_id = Text::<MAX_NAME>::parse(request_id, &Path::root("request_id"), &mut violations);
        if !violations.is_empty() {
            return Err(Failure::Invalid(violations));
        }
        Ok(Self(Some(NamedRequest {
            workspace_id: caller.workspace_id,
            user_id: caller.user_id,
            operation,
            request_id: request_id.as_str().to_owned(),
            hash: Sha256::digest(content.encode_to_vec()).to_vec(),
        })))
    }

    /// Begins the request, or finds out that it was done.
    pub(crate) async fn begin<Answer: Message + Default>(
        &self,
        database: &Database,
    ) -> Result<Begun<Answer>, Failure> {
        let Self(Some(request)) = self else {
            let connection = database.connection().await?;
            return Ok(Begun::Work(Box::new(Work::Unnamed(connection))));
        };
        let mut transaction = database.begin().await?;
        let claim = remembered_requests::claim(transaction.connection(), request, clock::now()).await?;
        if claim == Claim::New {
            let work = Work::Named(Box::new(request.clone()), transaction);
            return Ok(Begun::Work(Box::new(work)));
        }
        transaction.roll_back().await?;
        match claim {
            Claim::Done(answer) => {
                let answer = Answer::decode(answer.as_slice()).map_err(|error| {
                    tracing::error!(%error, "a remembered answer cannot be read");
                    Failure::Internal
                })?;
                Ok(Begun::Done(answer))
            }
            Claim::Erased => Err(Failure::NotFound(
                "this request was done before, and something that its answer shows has been deleted since"
                    .to_owned(),
            )),
            Claim::Other | Claim::New => {
                let mut violations = Violations::default();
                let message =
                    "another request had this id within the last 24 hours; give each request its own";
                violations.custom(&Path::root("request_id"), message);
                Err(Failure::Invalid(violations))
            }
        }
    }
}

impl Work {
    /// The connection.
    pub(crate) fn connection(&mut self) -> &mut persistence::RawConnection {
        match self {
            Self::Unnamed(connection) => connection,
            Self::Named(_, transaction) => transaction.connection(),
        }
    }

    /// Ends a request that was done: remembers its answer, which shows these records.
    pub(crate) async fn finish(self, answer: &impl Message, records: &[Uuid]) -> Result<(), Failure> {
        match self {
            Self::Unnamed(_) => Ok(()),
            Self::Named(request, mut transaction) => {
                let answer = answer.encode_to_vec();
                remembered_requests::keep(transaction.connection(), &request, answer, records).await?;
                Ok(transaction.commit().await?)
            }
        }
    }

    /// Ends a request that was not done: it is not remembered.
    pub(crate) async fn abandon(self) -> Result<(), Failure> {
        match self {
            Self::Unnamed(_) => Ok(()),
            Self::Named(_, transaction) => Ok(transaction.roll_back().await?),
        }
    }
}
