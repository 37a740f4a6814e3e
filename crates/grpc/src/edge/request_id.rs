//! The id under which a call is found in answers and logs.

use http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

/// The metadata that carries the id.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id under which a call is found in answers and logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RequestId(pub(crate) Uuid);

impl RequestId {
    /// The caller's own if it is a uuid in its usual form, else a new one.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let own = super::only(headers, &HEADER)
            // The parser also takes notations without hyphens, in braces and as URN.
            .filter(|own| own.len() == 36)
            .and_then(|own| Uuid::try_parse(own).ok());
        Self(own.unwrap_or_else(Uuid::now_v7))
    }

    /// The id as metadata. A uuid is always text that a header can hold.
    pub(super) fn to_header(self) -> HeaderValue {
        HeaderValue::from_str(&self.0.to_string()).unwrap_or(HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_for(own: &'static str) -> RequestId {
        RequestId::of(&HeaderMap::from_iter([(HEADER, HeaderValue::from_static(own))]))
    }

    #[test]
    fn a_uuid_is_kept() {
        let own = "ed110a47-5d09-43bf-b2e2-791d8231eb5f";
        assert_eq!(id_for(own).to_header(), own);
    }

    #[test]
    fn anything_else_is_replaced() {
        for own in [
            "",
            "7",
            "ed110a475d0943bfb2e2791d8231eb5f",
            "ed110a47-5d09-43bf-b2e2-791d8231eb5g",
        ] {
            assert_eq!(id_for(own).0.get_version_num(), 7, "{own}");
        }
    }
}
