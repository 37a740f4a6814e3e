//! The operators by name.

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// Equal.
    Eq,
    /// Not equal.
    NotEq,
    /// Contains.
    Like,
    /// Does not contain.
    NotLike,
    /// Greater, or later.
    Gt,
    /// Less, or earlier.
    Lt,
    /// Any of some.
    In,
    /// None of some.
    NotIn,
    /// Every one of some.
    All,
    /// No value.
    Empty,
    /// Some value.
    NotEmpty,
}

impl Operator {
    /// The operator's public name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::NotEq => "not_eq",
            Self::Like => "like",
            Self::NotLike => "not_like",
            Self::Gt => "gt",
            Self::Lt => "lt",
            Self::In => "in",
            Self::NotIn => "not_in",
            Self::All => "all",
            Self::Empty => "empty",
            Self::NotEmpty => "not_empty",
        }
    }

    /// The operator whose opposite this is, or itself, and whether it is an opposite.
    pub(super) const fn positive(self) -> (Self, bool) {
        match self {
            Self::NotEq => (Self::Eq, true),
            Self::NotLike => (Self::Like, true),
            Self::NotIn => (Self::In, true),
            Self::NotEmpty => (Self::Empty, true),
            Self::Eq | Self::Like | Self::Gt | Self::Lt | Self::In | Self::All | Self::Empty => (self, false),
        }
    }

    /// The fewest and the most values that it is given.
    pub(super) const fn operands(self) -> (usize, usize) {
        match self {
            Self::Eq | Self::NotEq | Self::Like | Self::NotLike | Self::Gt | Self::Lt => (1, 1),
            Self::In | Self::NotIn | Self::All => (1, 1000),
            Self::Empty | Self::NotEmpty => (0, 0),
        }
    }
}
