//! The versions of the API, as callers name them in a header.

use http::HeaderMap;

use crate::error::Error;

const HEADER: &str = "x-api-version";

/// A version of the API that is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ApiVersion {
    /// `2025-05-26`
    V20250526,
    /// `2025-06-09`, the newest.
    #[default]
    V20250609,
}

/// The caller named a version that there is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnknownVersion;

impl ApiVersion {
    /// The version that the caller asked for; the newest when none is named.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, UnknownVersion> {
        match headers.get(HEADER).map(|value| value.as_bytes()) {
            None | Some(b"2025-06-09") => Ok(Self::V20250609),
            Some(b"2025-05-26") => Ok(Self::V20250526),
            Some(_) => Err(UnknownVersion),
        }
    }

    /// What a caller of this version should hear, if anything.
    pub(crate) fn deprecation(self) -> Option<&'static str> {
        match self {
            Self::V20250526 => Some("API version 2025-05-26 is not the newest, which is 2025-06-09"),
            Self::V20250609 => None,
        }
    }
}

impl From<UnknownVersion> for Error {
    fn from(UnknownVersion: UnknownVersion) -> Self {
        Self::invalid_request("the header X-API-Version names no known version: 2025-06-09 or 2025-05-26 is")
    }
}
