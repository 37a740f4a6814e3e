//! Ids: a prefix that tells what is named, and a lower-case UUID; 40 characters.

use std::fmt;

use uuid::Uuid;

use crate::{Path, Problem, Unit, Violations};

/// The length of every public id.
const LENGTH: usize = 40;

/// Why a text is not an id of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseIdError {
    /// It is not 40 characters long, so it is no id at all.
    #[error("an id has 40 characters")]
    Length,
    /// It has the length of an id, but names nothing of this kind: another prefix, or no lower-case UUID behind it.
    #[error("not an id of this kind")]
    Kind,
}

fn parse_uuid(prefix: &str, text: &str) -> Result<Uuid, ParseIdError> {
    if text.chars().count() != LENGTH {
        return Err(ParseIdError::Length);
    }
    let digits = text.strip_prefix(prefix).ok_or(ParseIdError::Kind)?;
    let id = Uuid::try_parse(digits).map_err(|_| ParseIdError::Kind)?;
    // The parser also takes upper case and other notations; an id has just one form.
    let mut canonical = Uuid::encode_buffer();
    if id.hyphenated().encode_lower(&mut canonical) == digits {
        Ok(id)
    } else {
        Err(ParseIdError::Kind)
    }
}

/// The UUID of an id that begins with one of these prefixes.
pub(crate) fn parse_any(prefixes: &[&str], text: &str) -> Option<Uuid> {
    prefixes.iter().find_map(|prefix| parse_uuid(prefix, text).ok())
}

/// Reports what is wrong with the text of an id.
fn report(error: ParseIdError, prefix: &str, text: &str, path: &Path<'_>, violations: &mut Violations) {
    let message = format!("an id of the form {prefix}<lower-case uuid>, 40 characters, is needed");
    let problem = match error {
        ParseIdError::Kind => Problem::Custom,
        ParseIdError::Length if text.chars().count() < LENGTH => Problem::TooSmall {
            unit: Unit::Characters,
            minimum: LENGTH as i64,
            exact: true,
        },
        ParseIdError::Length => Problem::TooBig {
            unit: Unit::Characters,
            maximum: LENGTH as i64,
            exact: true,
        },
    };
    violations.add(path, problem, message);
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident, $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// What ids of this kind begin with.
            pub const PREFIX: &'static str = $prefix;

            /// The id with this UUID.
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID behind the prefix.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }

            /// Reads an id, in its only form.
            ///
            /// # Errors
            /// Tells apart what is no id at all from what is one of another kind.
            pub fn parse(text: &str) -> Result<Self, ParseIdError> {
                parse_uuid(Self::PREFIX, text).map(Self)
            }

            /// Reads an id of a request; reports what is wrong and answers nothing then.
            pub fn parse_at(text: &str, path: &Path<'_>, violations: &mut Violations) -> Option<Self> {
                match Self::parse(text) {
                    Ok(id) => Some(id),
                    Err(error) => {
                        report(error, Self::PREFIX, text, path, violations);
                        None
                    }
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", Self::PREFIX, self.0.hyphenated())
            }
        }

        /// Several times as fast as formatting it: answers are full of ids.
        impl From<$name> for String {
            fn from(id: $name) -> Self {
                let mut text = Self::with_capacity(LENGTH);
                text.push_str($name::PREFIX);
                text.push_str(id.0.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
                text
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }
    )*};
}

ids! {
    /// A person.
    PersonId, "per_";
    /// A company.
    CompanyId, "com_";
    /// A group.
    GroupId, "grp_";
    /// A deal or another object of a group.
    ObjectId, "obj_";
    /// A user.
    UserId, "usr_";
    /// A logged interaction.
    InteractionId, "lit_";
    /// A custom field.
    CustomFieldId, "cfd_";
    /// A kind of object that a group keeps, such as its deals. Not shown to callers, who use its name.
    ObjectTypeId, "oty_";
    /// An option of a select field. Not shown to callers, who use labels.
    OptionId, "opt_";
    /// An API key.
    ApiKeyId, "key_";
    /// A workspace.
    WorkspaceId, "wks_";
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "per_ed110a47-5d09-43bf-b2e2-791d8231eb5f";

    #[test]
    fn an_id_reads_back_as_it_was_written() {
        assert_eq!(PersonId::parse(TEXT).map(String::from), Ok(TEXT.to_owned()));
        assert_eq!(
            PersonId::parse(TEXT).map(|id| id.to_string()),
            Ok(TEXT.to_owned())
        );
    }

    #[test]
    fn another_form_of_the_same_length_is_of_another_kind() {
        for text in [
            "com_ed110a47-5d09-43bf-b2e2-791d8231eb5f",
            "per_ED110A47-5d09-43bf-b2e2-791d8231eb5f",
            "per_ed110a47-5d09-43bf-b2e2-791d8231eb5g",
            &"é".repeat(40),
        ] {
            assert_eq!(PersonId::parse(text), Err(ParseIdError::Kind), "{text}");
        }
    }

    #[test]
    fn another_length_is_no_id() {
        for text in [
            "",
            "per_",
            &TEXT[..39],
            &format!("{TEXT}0"),
            &"é".repeat(20),
            &"é".repeat(39),
        ] {
            assert_eq!(PersonId::parse(text), Err(ParseIdError::Length), "{text}");
        }
    }
}
