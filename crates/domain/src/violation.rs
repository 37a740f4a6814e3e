//! What is wrong with a request: a list of violations, each at its path. Rules report here and go on, so that a
//! caller learns of every problem at once.

/// How many violations are kept of one request. The rest are only counted: an answer must stay bounded whatever was
/// sent.
const KEPT: usize = 10_000;

/// One rule that a request broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The way from the request to the offending value.
    pub path: Vec<Segment>,
    /// Which kind of rule it was, and its bounds.
    pub problem: Problem,
    /// What is wrong and what would be right.
    pub message: String,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// A field of a message, by its protobuf name.
    Field(&'static str),
    /// A position in a list, from 0.
    Index(usize),
    /// A key that the caller chose: a group id, the name of a custom field.
    Key(String),
}

/// The kinds of rules, after the issues of the Zod library, whose shape the REST contract shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The value is not of the type that is needed.
    InvalidType {
        /// The type that would be right.
        expected: &'static str,
        /// The type of what was sent.
        received: String,
    },
    /// The value is shorter, fewer or smaller than its bound.
    TooSmall {
        /// What is measured.
        unit: Unit,
        /// The least that is allowed.
        minimum: i64,
        /// Whether the size must be just the bound.
        exact: bool,
    },
    /// The value is longer, more or larger than its bound.
    TooBig {
        /// What is measured.
        unit: Unit,
        /// The most that is allowed.
        maximum: i64,
        /// Whether the size must be just the bound.
        exact: bool,
    },
    /// The text lacks the form it needs.
    InvalidString {
        /// The name of the form.
        validation: &'static str,
    },
    /// Not a day of the calendar.
    InvalidDate,
    /// The text is none of those allowed.
    InvalidEnumValue {
        /// Those allowed.
        options: Vec<String>,
    },
    /// The value fits none of the forms that its place allows.
    InvalidUnion,
    /// Any other rule.
    Custom,
}

/// What a bound counts or compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The characters of a text.
    Characters,
    /// The entries of a list.
    Entries,
    /// The number itself.
    Number,
}

/// The place that is being looked at, as a chain on the stack: nothing is allocated until a rule is broken.
#[derive(Debug, Clone, Copy)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Field(&'static str),
    Index(usize),
    Key(&'a str),
}

impl<'a> Path<'a> {
    /// A path that begins at a field of the request.
    #[must_use]
    pub fn root(field: &'static str) -> Self {
        Self {
            parent: None,
            step: Step::Field(field),
        }
    }

    /// The path of a field of what is here.
    #[must_use]
    pub fn field(&'a self, name: &'static str) -> Self {
        Self {
            parent: Some(self),
            step: Step::Field(name),
        }
    }

    /// The path of an entry of the list that is here.
    #[must_use]
    pub fn index(&'a self, index: usize) -> Self {
        Self {
            parent: Some(self),
            step: Step::Index(index),
        }
    }

    /// The path of what has this key in the map that is here.
    #[must_use]
    pub fn key(&'a self, key: &'a str) -> Self {
        Self {
            parent: Some(self),
            step: Step::Key(key),
        }
    }

    /// The path from the request on.
    #[must_use]
    pub fn to_segments(&self) -> Vec<Segment> {
        let mut segments = match self.parent {
            Some(parent) => parent.to_segments(),
            None => Vec::new(),
        };
        segments.push(match self.step {
            Step::Field(name) => Segment::Field(name),
            Step::Index(index) => Segment::Index(index),
            Step::Key(key) => Segment::Key(key.to_owned()),
        });
        segments
    }
}

/// Everything found wrong with one request so far.
#[derive(Debug, Default)]
pub struct Violations {
    kept: Vec<Violation>,
    total: usize,
}

impl Violations {
    /// Reports a broken rule.
    pub fn add(&mut self, path: &Path<'_>, problem: Problem, message: impl Into<String>) {
        self.add_at(path.to_segments(), problem, message);
    }

    /// Reports a broken rule at a path that was kept from earlier.
    pub fn add_at(&mut self, path: Vec<Segment>, problem: Problem, message: impl Into<String>) {
        self.total += 1;
        if self.kept.len() < KEPT {
            self.kept.push(Violation {
                path,
                problem,
                message: message.into(),
            });
        }
    }

    /// Adds those of another part of the request.
    pub fn extend(&mut self, others: Self) {
        let Self { kept, total } = others;
        let dropped = total - kept.len();
        for Violation {
            path,
            problem,
            message,
        } in kept
        {
            self.add_at(path, problem, message);
        }
        self.total += dropped;
    }

    /// Reports a broken rule of no special kind.
    pub fn custom(&mut self, path: &Path<'_>, message: impl Into<String>) {
        self.add(path, Problem::Custom, message);
    }

    /// Whether no rule was broken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// How many rules were broken, those that were not kept included.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total
    }

    /// The first 10,000, in the order they were found.
    #[must_use]
    pub fn kept(&self) -> &[Violation] {
        &self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_lists_its_steps_from_the_request_on() {
        let root = Path::root("person");
        let values = root.field("custom_field_values");
        let group = values.key("grp_1");
        assert_eq!(
            group.index(2).to_segments(),
            [
                Segment::Field("person"),
                Segment::Field("custom_field_values"),
                Segment::Key("grp_1".to_owned()),
                Segment::Index(2)
            ]
        );
    }

    #[test]
    fn violations_past_the_kept_ones_are_counted() {
        let mut violations = Violations::default();
        for _ in 0..KEPT + 5 {
            violations.custom(&Path::root("id"), "wrong");
        }
        assert_eq!((violations.kept().len(), violations.total()), (KEPT, KEPT + 5));
    }
}
