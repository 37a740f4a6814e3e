//! The id by which a call addresses a record.

use domain::{ParseIdError, Path, Violations};

use crate::status::Failure;

/// Reads the id by which a call addresses a record. What has the length of an id but is of another kind names nothing
/// here; anything else is a mistake of form.
pub(crate) fn record_id<Id>(
    text: &str,
    noun: &str,
    path: &Path<'_>,
    parse: impl Fn(&str) -> Result<Id, ParseIdError>,
    parse_at: impl Fn(&str, &Path<'_>, &mut Violations) -> Option<Id>,
) -> Result<Id, Failure> {
    let mut violations = Violations::default();
    record_id_at(text, noun, path, &mut violations, parse, parse_at)?.ok_or(Failure::Invalid(violations))
}

/// The same where more of the request may be wrong: answers nothing when it reported a mistake of form.
pub(crate) fn record_id_at<Id>(
    text: &str,
    noun: &str,
    path: &Path<'_>,
    violations: &mut Violations,
    parse: impl Fn(&str) -> Result<Id, ParseIdError>,
    parse_at: impl Fn(&str, &Path<'_>, &mut Violations) -> Option<Id>,
) -> Result<Option<Id>, Failure> {
    match parse(text) {
        Ok(id) => Ok(Some(id)),
        Err(ParseIdError::Kind) => Err(no_such(noun)),
        Err(ParseIdError::Length) => {
            parse_at(text, path, violations);
            Ok(None)
        }
    }
}

/// The failure that there is no such record.
pub(crate) fn no_such(noun: &str) -> Failure {
    Failure::NotFound(format!("no such {noun} in the workspace"))
}

/// The same for the field `id` of the request itself.
pub(crate) fn request_record_id<Id>(
    text: &str,
    noun: &str,
    parse: impl Fn(&str) -> Result<Id, ParseIdError>,
    parse_at: impl Fn(&str, &Path<'_>, &mut Violations) -> Option<Id>,
) -> Result<Id, Failure> {
    record_id(text, noun, &Path::root("id"), parse, parse_at)
}

#[cfg(test)]
mod tests {
    use domain::PersonId;

    use super::*;

    fn read(text: &str) -> Result<PersonId, Failure> {
        request_record_id(text, "person", PersonId::parse, PersonId::parse_at)
    }

    #[test]
    fn an_id_of_another_kind_is_not_found_and_another_form_is_invalid() {
        assert!(read("per_ed110a47-5d09-43bf-b2e2-791d8231eb5f").is_ok());
        let other = read("com_ed110a47-5d09-43bf-b2e2-791d8231eb5f");
        assert!(matches!(other, Err(Failure::NotFound(_))));
        let Err(Failure::Invalid(violations)) = read("per_1") else {
            panic!("a form that is no id");
        };
        assert_eq!(violations.total(), 1);
    }
}
