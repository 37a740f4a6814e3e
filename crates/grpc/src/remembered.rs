//! Creates that name themselves: the same request is done once, however often and wherever it is sent.

use domain::{Path, Text, Violations};
use persistence::RawConnection;
use persistence::remembered_requests::{self, Claim, NamedRequest};
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

    /// Whether the request may be done as often as it is sent.
    pub(crate) fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// The answer, if the request was done before; otherwise it is claimed, until the transaction ends.
    pub(crate) async fn claim<Answer: Message + Default>(
        &self,
        connection: &RawConnection,
    ) -> Result<Option<Answer>, Failure> {
        let Self(Some(request)) = self else {
            return Ok(None);
        };
        match remembered_requests::claim(connection, request, clock::now()).await? {
            Claim::New => Ok(None),
            Claim::Done(answer) => match Answer::decode(answer.as_slice()) {
                Ok(answer) => Ok(Some(answer)),
                Err(error) => {
                    tracing::error!(%error, "a remembered answer cannot be read");
                    Err(Failure::Internal)
                }
            },
            Claim::Erased => Err(Failure::NotFound(
                "this request was done before, and something that its answer shows has been deleted since"
                    .to_owned(),
            )),
            Claim::Other => {
                let mut violations = Violations::default();
                let message =
                    "another request had this id within the last 24 hours; give each request its own";
                violations.custom(&Path::root("request_id"), message);
                Err(Failure::Invalid(violations))
            }
        }
    }

    /// Remembers the answer to a request that was claimed, which shows these records.
    pub(crate) async fn keep(
        &self,
        connection: &RawConnection,
        answer: &impl Message,
        records: &[Uuid],
    ) -> Result<(), Failure> {
        let Self(Some(request)) = self else { return Ok(()) };
        let answer = answer.encode_to_vec();
        Ok(remembered_requests::keep(connection, request, answer, records).await?)
    }
}
