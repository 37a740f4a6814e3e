//! No call without a valid key.

use axum::Extension;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, header};

use super::{Caller, Deadline, only, refusal};
use crate::Core;
use crate::clock;
use crate::status::Failure;

const MISSING: &str = "the API key is missing; send `authorization: Bearer <api key>`";
const MALFORMED: &str = "the authorization is malformed; send `authorization: Bearer <api key>`, once";

/// Puts the [`Caller`] into the call, or refuses it.
pub(crate) async fn authenticate(
    State(core): State<Core>,
    Extension(deadline): Extension<Deadline>,
    mut request: Request,
    next: Next,
) -> Response {
    match caller(&core, deadline, request.headers()).await {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(failure) => refusal(failure, request.extensions()),
    }
}

async fn caller(core: &Core, deadline: Deadline, headers: &HeaderMap) -> Result<Caller, Failure> {
    let secret = secret(headers)?;
    deadline
        .enforce(core.keys.caller(secret, deadline, clock::now()))
        .await?
}

fn secret(headers: &HeaderMap) -> Result<&str, Failure> {
    if !headers.contains_key(header::AUTHORIZATION) {
        return Err(Failure::Unauthenticated(MISSING));
    }
    only(headers, header::AUTHORIZATION.as_str())
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
