//! Filters and pages in query strings, of each kind of record: the first byte says which.
#![no_main]

use fuzz::{GROUP, send};
use http::{Request, Uri};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str)| {
    let (kind, query) = input;
    let list = match kind % 4 {
        0 => "/v1/people".to_owned(),
        1 => "/v1/companies".to_owned(),
        2 => format!("/v1/groups/{GROUP}/Deals"),
        _ => "/v1/users".to_owned(),
    };
    // What no URI can hold does not arrive.
    let Ok(uri) = format!("{list}?{query}").parse::<Uri>() else {
        return;
    };
    let request = Request::builder().uri(uri).body(Vec::new());
    let answer = send(request.expect("a request"));
    assert!(matches!(answer.status.as_u16(), 200 | 422), "{}", answer.body);
});
