//! Options of select fields as they are written on the command line.

use proto::v1::SelectOption;

/// `LABEL`, or `LABEL=#rrggbb` for one of this colour. What looks like no colour belongs to the label.
pub(super) fn read(text: &str) -> SelectOption {
    let (label, color) = match text.rsplit_once('=') {
        Some((label, color)) if color.starts_with('#') => (label, color),
        Some(_) | None => (text, ""),
    };
    SelectOption {
        label: label.to_owned(),
        color: color.to_owned(),
        former_label: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_stands_behind_the_last_equals_sign() {
        for (text, label, color) in [
            ("Active", "Active", ""),
            ("Active=#16a34a", "Active", "#16a34a"),
            ("a=b", "a=b", ""),
            ("a=b=#000000", "a=b", "#000000"),
        ] {
            let option = read(text);
            assert_eq!((option.label.as_str(), option.color.as_str()), (label, color));
        }
    }
}
