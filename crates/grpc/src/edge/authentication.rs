//! No call without a valid key.

use http::{HeaderMap, header};

use super::{Caller, Deadline, only};
use crate::Core;
use crate::clock;
use crate::status::Failure;

const MISSING: &str = "the API key is missing; send `authorization: Bearer <api key>`";
const MALFORMED: &str = "the authorization is malformed; send `authorization: Bearer <api key>`, once";

/// Who makes the call.
///
/// # Errors
/// There is no key or more than one, it is not valid, or it could not be looked up.
pub(super) async fn caller(core: &Core, deadline: Deadline, headers: &HeaderMap) -> Result<Caller, Failure> {
    let secret = secret(headers)?;
    core.keys.caller(secret, deadline, clock::now()).await
}

fn secret(headers: &HeaderMap) -> Result<&str, Failure> {
    if !headers.contains_key(header::AUTHORIZATION) {
        return Err(Failure::Unauthenticated(MISSING));
    }
    only(headers, &header::AUTHORIZATION)
        .and_then(bearer)
        .ok_or(Failure::Unauthenticated(MALFORMED))
}

/// What stands behind the scheme, which ignores case.
fn bearer(value: &str) -> Option<&str> {
    let (scheme, rest) = value.split_once(' ')?;
    let secret = rest.trim_matches(' ');
    (scheme.eq_ignore_ascii_case("bearer") && !secret.is_empty() && !secret.contains(' ')).then_some(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_behind_the_scheme_and_spaces() {
        for (value, expected) in [
            ("Bearer abc", Some("abc")),
            ("bearer abc", Some("abc")),
            ("BEARER   abc", Some("abc")),
            ("Bearer abc ", Some("abc")),
            ("Bearer", None),
            ("Bearer ", None),
            ("Bearerabc", None),
            ("Basic abc", None),
            ("abc", None),
            ("Bearer a b", None),
        ] {
            assert_eq!(bearer(value), expected, "{value}");
        }
    }

    #[test]
    fn two_keys_are_none() {
        let mut headers = HeaderMap::new();
        assert!(matches!(secret(&headers), Err(Failure::Unauthenticated(MISSING))));
        headers.append(header::AUTHORIZATION, http::HeaderValue::from_static("Bearer a"));
        assert_eq!(secret(&headers).unwrap(), "a");
        headers.append(header::AUTHORIZATION, http::HeaderValue::from_static("Bearer a"));
        assert!(matches!(
            secret(&headers),
            Err(Failure::Unauthenticated(MALFORMED))
        ));
    }
}
