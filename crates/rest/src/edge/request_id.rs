//! The id under which a request is found in answers and logs.

use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

/// The header that carries the id.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id under which a request is found in answers and logs: a uuid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestId(Arc<str>);

impl RequestId {
    /// The caller's own if it is a uuid in its usual form, else a new one.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let own = headers.get(HEADER).and_then(|value| value.to_str().ok());
        match own {
            // The parser also takes notations without hyphens, in braces and as URN.
            Some(own) if own.len() == 36 && Uuid::try_parse(own).is_ok() => Self(own.into()),
            Some(_) | None => Self(Uuid::now_v7().to_string().into()),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as a header. A uuid is always one.
    pub(crate) fn to_header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).unwrap_or(HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_for(own: &str) -> RequestId {
        RequestId::of(&HeaderMap::from_iter([(
            HEADER,
            HeaderValue::from_str(own).unwrap(),
        )]))
    }

    #[test]
    fn a_uuid_is_kept_as_it_was_written() {
        let own = "ED110A47-5d09-43bf-b2e2-791d8231eb5f";
        assert_eq!(id_for(own).as_str(), own);
    }

    #[test]
    fn anything_else_is_replaced() {
        for own in [
            "",
            "7",
            "ed110a475d0943bfb2e2791d8231eb5f",
            "ed110a47-5d09-43bf-b2e2-791d8231eb5g",
        ] {
            let id = id_for(own);
            assert_ne!(id.as_str(), own);
            assert_eq!(Uuid::try_parse(id.as_str()).unwrap().get_version_num(), 7);
        }
    }
}
