//! The form in which names are compared.

/// A name as it is compared: without regard to case, to the white space around it, and to how much of it is inside.
/// The longest is far longer than an index entry may be: store a hash of it where it must be unique.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameKey(String);

impl NameKey {
    /// The key of a name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let collapsed = name.split_whitespace().collect::<Vec<_>>().join(" ");
        // By way of upper case, so that `ß` equals `SS` and every sigma is the same letter.
        Self(collapsed.to_uppercase().to_lowercase())
    }

    /// The key's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_case_and_white_space_share_a_key() {
        for (one, other) in [
            ("Tech Corp", "  tech\u{a0}\t CORP "),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("Éclair", "éclair"),
        ] {
            assert_eq!(NameKey::new(one), NameKey::new(other), "{one}");
        }
    }

    #[test]
    fn other_names_have_other_keys() {
        assert_ne!(NameKey::new("Tech Corp"), NameKey::new("TechCorp"));
        assert_ne!(NameKey::new("Éclair"), NameKey::new("Eclair"));
    }

    proptest::proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "\\PC{0,40}") {
            let key = NameKey::new(&name);
            proptest::prop_assert_eq!(NameKey::new(key.as_str()), key);
        }
    }
}
