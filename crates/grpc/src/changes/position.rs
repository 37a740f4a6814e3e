//! Positions as texts.

use persistence::changes::Position;

/// The text of a position.
pub(crate) fn format(position: Position) -> String {
    let Position {
        transaction_id,
        sequence,
    } = position;
    format!("{transaction_id}-{sequence}")
}

/// The position of a text; nothing if it is none.
pub(crate) fn parse(text: &str) -> Option<Position> {
    let (transaction_id, sequence) = text.split_once('-')?;
    let position = Position {
        transaction_id: transaction_id.parse().ok()?,
        sequence: sequence.parse().ok()?,
    };
    // There are other ways to write a number.
    (format(position) == text).then_some(position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_reads_back_and_nothing_else_does() {
        let position = Position {
            transaction_id: 741,
            sequence: 6,
        };
        assert_eq!(parse(&format(position)), Some(position));
        for text in [
            "",
            "7",
            "7-",
            "-7",
            "+7-6",
            "07-6",
            "7-6 ",
            "7-6-5",
            "a-b",
            "99999999999999999999-1",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
