//! The page about errors: `documentationUrl` of each leads here.

use bytes::Bytes;

use crate::error::ErrorCode;

/// The page, with a section for each error.
pub(super) fn page() -> Bytes {
    let mut page = String::from(include_str!("errors_head.html"));
    for code in ErrorCode::ALL {
        let (meaning, remedy) = text(code);
        let (anchor, status, name) = (code.anchor(), code.status().as_u16(), code.name());
        page.push_str(&format!(
            "<section id=\"{anchor}\">\n<h2>{status} <code>{name}</code></h2>\n<p>{meaning}</p>\n<p>{remedy}</p>\n</section>\n"
        ));
    }
    page.push_str("</main>\n</body>\n</html>\n");
    Bytes::from(page)
}

/// What an error means, and what to do about it.
fn text(code: ErrorCode) -> (&'static str, &'static str) {
    match code {
        ErrorCode::InvalidRequest => (
            "The request cannot be understood: the body is not JSON, is not UTF-8, has a key twice in one object, is \
             nested deeper than 32 levels, or comes with another content type; or the header <code>X-API-Version</code> \
             names no known version.",
            "The message says which. Send <code>Content-Type: application/json</code>, and leave \
             <code>X-API-Version</code> out to get the newest version.",
        ),
        ErrorCode::Unauthorized => (
            "The API key is absent, malformed, unknown, revoked or expired.",
            "Send the header <code>Authorization: Bearer &lt;api key&gt;</code> with a key that is in force. The key is \
             looked at before anything else of the request.",
        ),
        ErrorCode::Forbidden => (
            "The key is good, but its scope does not allow the call.",
            "Use a key with the scope that the message names.",
        ),
        ErrorCode::ResourceNotFound => (
            "The workspace of the key has no record with the id in the path, the group no such object type or kind of record, \
             or there is no such path.",
            "Check the id and its prefix, and that the key is one of the right workspace. The message lists the object \
             types that there are.",
        ),
        ErrorCode::MethodNotAllowed => (
            "The path exists, but not with this method.",
            "The header <code>Allow</code> of the answer lists the methods that it has.",
        ),
        ErrorCode::Conflict => (
            "The request collides with another record or another write.",
            "If a write got in between, send the same request again. If the name is taken, choose another, or use the record \
             that has it: <code>details.id</code> is its id.",
        ),
        ErrorCode::PreconditionFailed => (
            "The record has changed since the <code>ETag</code> that <code>If-Match</code> names.",
            "Get the record, look at what changed, and send the request again with its new <code>ETag</code>, which is also \
             <code>details.etag</code>.",
        ),
        ErrorCode::PayloadTooLarge => (
            "The body is larger than the service takes; <code>details.limit</code> is the limit in bytes.",
            "Send less in one request.",
        ),
        ErrorCode::UnprocessableEntity => (
            "Something in the path, the query or the body breaks a rule. <code>details.issues</code> lists everything that \
             is wrong, each with a <code>code</code>, the <code>path</code> to it in your own keys and indexes (empty for \
             the whole body), and a <code>message</code>. Nothing was stored.",
            "Correct every issue and send the request again. The codes: <code>invalid_type</code>, \
             <code>too_small</code>, <code>too_big</code>, <code>invalid_string</code>, <code>invalid_date</code>, \
             <code>invalid_enum_value</code>, <code>unrecognized_keys</code>, <code>invalid_union</code>, and \
             <code>custom</code> for anything else, such as an id that names nothing.",
        ),
        ErrorCode::RateLimitExceeded => (
            "Your user has made more requests than are allowed in a minute, with all keys together. \
             <code>details</code> has <code>limit</code>, <code>remaining</code> and <code>retryAfter</code>.",
            "Wait as many seconds as the header <code>Retry-After</code> says. The headers \
             <code>X-RateLimit-Limit</code>, <code>X-RateLimit-Remaining</code> and <code>X-RateLimit-Reset</code> of \
             every answer tell how much is left.",
        ),
        ErrorCode::InternalServerError => (
            "Something went wrong on our side.",
            "If it happens again, tell the operator the <code>requestId</code>.",
        ),
        ErrorCode::ServiceUnavailable => (
            "The service cannot answer at the moment: its database is away, it is shutting down or overloaded, or the \
             request took too long. A request that took too long may have taken effect.",
            "Wait as many seconds as the header <code>Retry-After</code> says. A create that has an \
             <code>Idempotency-Key</code> can be sent again; look first whether another took effect.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_anchor_is_there_once() {
        let page = String::from_utf8(page().to_vec()).unwrap();
        for code in ErrorCode::ALL {
            assert_eq!(
                page.matches(&format!("id=\"{}\"", code.anchor())).count(),
                1,
                "{code:?}"
            );
        }
    }
}
