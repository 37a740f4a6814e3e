//! Page tokens, positions of the change log and timeouts: what is taken is what was given, and nothing like it.
#![no_main]

use fuzz::definitions;
use grpc::fuzzing::{page_token, position, timeout, token_after};
use libfuzzer_sys::fuzz_target;
use uuid::Uuid;

fuzz_target!(|input: (u128, u8, &str)| {
    let (last, place, text) = input;
    if let Some(written) = page_token(text, definitions()) {
        assert_eq!(written, text);
    }
    if let Some(written) = position(text) {
        assert_eq!(written, text);
    }
    if let Some(time) = timeout(text) {
        assert!(time.as_secs() <= 99_999_999 * 3600);
    }
    // A token that was tampered with is none.
    let token = token_after(Uuid::from_u128(last), definitions());
    assert_eq!(page_token(&token, definitions()).as_ref(), Some(&token));
    let place = usize::from(place) % token.len();
    let tampered = format!("{}{text}{}", &token[..place], &token[place + 1..]);
    assert_eq!(page_token(&tampered, definitions()).is_some(), tampered == token);
});
