//! Pages of lists: how large, from where on, and the token that leads to the next. A token holds the id of the last
//! record of its page and is signed, so that only those which this service made are taken.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Definitions, Path, Problem, Unit, Violations};
use hmac::{Hmac, KeyInit as _, Mac as _};
use persistence::Page;
use sha2::Sha256;
use uuid::Uuid;

const DEFAULT_SIZE: usize = 20;
const MAX_SIZE: usize = 100;

/// How much of the signature travels.
const SIGNATURE: usize = 16;

/// A list of a workspace, to whose pages tokens lead.
#[derive(Clone, Copy)]
pub(crate) struct List<'a> {
    /// Tells lists apart: a token of one is none of another.
    pub(crate) name: &'a str,
    pub(crate) definitions: &'a Definitions,
}

impl List<'_> {
    /// Reads what a request asks for; reports what is wrong.
    pub(crate) fn page(&self, page_size: i32, page_token: &str, violations: &mut Violations) -> Page {
        let size = usize::try_from(page_size).unwrap_or_else(|_| {
            let problem = Problem::TooSmall {
                unit: Unit::Number,
                minimum: 0,
                exact: false,
            };
            violations.add(&Path::root("page_size"), problem, "a page has no negative size");
            0
        });
        let after = (!page_token.is_empty()).then(|| self.read(page_token)).flatten();
        if after.is_none() && !page_token.is_empty() {
            let message = "this is no page token of this list; take next_page_token as it was answered";
            violations.custom(&Path::root("page_token"), message);
        }
        Page {
            size: if size == 0 {
                DEFAULT_SIZE
            } else {
                size.min(MAX_SIZE)
            },
            after,
        }
    }

    /// The token of the page after this record.
    pub(crate) fn token(&self, last: Uuid) -> String {
        let mut token = last.as_bytes().to_vec();
        token.extend_from_slice(&self.signature(last));
        URL_SAFE_NO_PAD.encode(token)
    }

    fn read(&self, token: &str) -> Option<Uuid> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (id, signature) = bytes.split_at_checked(size_of::<Uuid>())?;
        let id = Uuid::from_slice(id).ok()?;
        // Nothing secret opens with a token, so the comparison may take its time.
        (self.signature(id) == signature).then_some(id)
    }

    fn signature(&self, last: Uuid) -> [u8; SIGNATURE] {
        // Keys of any length are taken.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.definitions.page_token_key()) else {
            return [0; SIGNATURE];
        };
        mac.update(self.name.as_bytes());
        mac.update(last.as_bytes());
        let whole: [u8; 32] = mac.finalize().into_bytes().into();
        let mut signature = [0; SIGNATURE];
        signature.copy_from_slice(&whole[..SIGNATURE]);
        signature
    }

    /// One page of records that are all at hand, in the order of their ids, and the token of the next.
    pub(crate) fn slice<T>(&self, page: Page, all: Vec<T>, id: impl Fn(&T) -> Uuid) -> (Vec<T>, String) {
        let mut rest = all
            .into_iter()
            .filter(|record| page.after.is_none_or(|after| id(record) > after));
        let records: Vec<T> = rest.by_ref().take(page.size).collect();
        let token = match (records.last(), rest.next()) {
            (Some(last), Some(_)) => self.token(id(last)),
            (None, _) | (_, None) => String::new(),
        };
        (records, token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definitions(key: u8) -> Definitions {
        Definitions::new(1, vec![key; 32], Vec::new(), Vec::new())
    }

    fn page(list: &List<'_>, token: &str) -> Result<Page, Violations> {
        let mut violations = Violations::default();
        let page = list.page(0, token, &mut violations);
        if violations.is_empty() {
            Ok(page)
        } else {
            Err(violations)
        }
    }

    #[test]
    fn a_token_leads_back_to_its_record_in_its_own_list_and_workspace_alone() {
        let (mine, other) = (definitions(1), definitions(2));
        let people = List {
            name: "people",
            definitions: &mine,
        };
        let last = Uuid::from_u128(7);
        let token = people.token(last);
        assert!(token.len() <= 128);
        assert_eq!(page(&people, &token).unwrap().after, Some(last));
        for list in [
            List {
                name: "users",
                ..people
            },
            List {
                definitions: &other,
                ..people
            },
        ] {
            assert!(page(&list, &token).is_err());
        }
        for changed in [
            &token[1..],
            &format!("{token}A"),
            &token.replace(&token[..1], "_"),
            "",
            "=",
            "é",
        ] {
            assert_eq!(page(&people, changed).is_ok(), changed.is_empty(), "{changed}");
        }
    }

    #[test]
    fn sizes_are_taken_as_what_is_possible() {
        let definitions = definitions(1);
        let list = List {
            name: "people",
            definitions: &definitions,
        };
        for (asked, size) in [(0, 20), (1, 1), (100, 100), (101, 100), (i32::MAX, 100)] {
            assert_eq!(list.page(asked, "", &mut Violations::default()).size, size);
        }
        let mut violations = Violations::default();
        list.page(-1, "", &mut violations);
        assert_eq!(violations.total(), 1);
    }

    #[test]
    fn the_last_page_has_no_token() {
        let definitions = definitions(1);
        let list = List {
            name: "people",
            definitions: &definitions,
        };
        let all = || (1..=5).map(Uuid::from_u128).collect::<Vec<_>>();
        let mut seen = Vec::new();
        let mut token = String::new();
        loop {
            let page = list.page(2, &token, &mut Violations::default());
            let (records, next) = list.slice(page, all(), |id| *id);
            seen.extend(records);
            if next.is_empty() {
                break;
            }
            token = next;
        }
        assert_eq!(seen, all());
    }
}
