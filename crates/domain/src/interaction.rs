//! Logged interactions, and what they amount to.

use chrono::{DateTime, Datelike as _, SubsecRound as _, Utc};

use crate::{CompanyId, Contact, Path, PersonId, Problem, Text, UserId, Violations};

/// An interaction that is yet to be logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InteractionDraft {
    /// With whom.
    pub entity: Contact,
    /// When; to the millisecond.
    pub occurred_at: DateTime<Utc>,
    /// What it was about.
    pub title: Text<255>,
    /// What was said.
    pub content: Text<100_000>,
    /// What kind of interaction it was.
    pub interaction_type: InteractionType,
}

impl InteractionDraft {
    /// Reads an interaction of a request; reports everything that is wrong. Then there is no draft, but with whom it is
    /// meant to be is answered all the same, if that can be told.
    ///
    /// # Errors
    /// Something is wrong.
    pub fn read(
        entity_id: &str,
        occurred_at: Option<DateTime<Utc>>,
        title: String,
        content: String,
        interaction_type: &str,
        path: &Path<'_>,
        violations: &mut Violations,
    ) -> Result<Self, Option<Contact>> {
        let before = violations.total();
        let entity = read_entity(entity_id, &path.field("entity_id"), violations);
        let in_calendar = |at: &DateTime<Utc>| (1..=9999).contains(&at.year());
        let occurred_at = occurred_at.filter(in_calendar).map(|at| at.trunc_subsecs(3));
        if occurred_at.is_none() {
            let message = "a time of the years 1 to 9999 is needed";
            violations.add(&path.field("time"), Problem::InvalidDate, message);
        }
        let title = Text::parse(title, &path.field("title"), violations);
        let content = Text::parse(content, &path.field("content"), violations);
        let interaction_type = InteractionType::parse(interaction_type, &path.field("type"), violations);
        match (entity, occurred_at, interaction_type) {
            (Some(entity), Some(occurred_at), Some(interaction_type)) if violations.total() == before => {
                Ok(Self {
                    entity,
                    occurred_at,
                    title,
                    content,
                    interaction_type,
                })
            }
            (entity, _, _) => Err(entity),
        }
    }
}

fn read_entity(id: &str, path: &Path<'_>, violations: &mut Violations) -> Option<Contact> {
    match CompanyId::parse(id) {
        Ok(id) => Some(Contact::Company(id)),
        Err(_) => PersonId::parse_at(id, path, violations).map(Contact::Person),
    }
}

/// What kind of interaction it was: a name that is known, or one emoji.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InteractionType(String);

impl InteractionType {
    /// The names that are known.
    pub const NAMES: [&'static str; 20] = [
        "call",
        "meeting",
        "message",
        "coffee",
        "lunch",
        "event",
        "drink",
        "whatsapp",
        "twitter",
        "linkedin",
        "hangout",
        "skype",
        "slack",
        "iMessage",
        "fbMessenger",
        "signal",
        "discord",
        "wechat",
        "telegram",
        "viber",
    ];

    /// Reads a type of a request; reports what is wrong and answers nothing then.
    pub fn parse(text: &str, path: &Path<'_>, violations: &mut Violations) -> Option<Self> {
        if Self::NAMES.contains(&text) || emojis::get(text).is_some() {
            return Some(Self(text.to_owned()));
        }
        let options = Self::NAMES.map(str::to_owned).to_vec();
        let message = format!("one emoji is needed, or one of: {}", options.join(", "));
        violations.add(path, Problem::InvalidEnumValue { options }, message);
        None
    }

    /// The name or the emoji.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One user's interactions with one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserInteractions {
    /// Who interacted.
    pub user_id: UserId,
    /// How often.
    pub count: i64,
    /// When last.
    pub last_at: DateTime<Utc>,
}

/// Everybody's interactions with one record, an entry for each user who has any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InteractionSummary(pub Vec<UserInteractions>);

impl InteractionSummary {
    /// The interactions of one user.
    #[must_use]
    pub fn of_user(&self, user_id: UserId) -> Option<&UserInteractions> {
        self.0.iter().find(|entry| entry.user_id == user_id)
    }

    /// How many there are in all.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.0.iter().map(|entry| entry.count).sum()
    }

    /// When the last one was.
    #[must_use]
    pub fn last_at(&self) -> Option<DateTime<Utc>> {
        self.0.iter().map(|entry| entry.last_at).max()
    }

    /// Whose interaction was the last one; more than one when they share its time.
    pub fn last_users(&self) -> impl Iterator<Item = UserId> + '_ {
        let last_at = self.last_at();
        self.0
            .iter()
            .filter(move |entry| Some(entry.last_at) == last_at)
            .map(|entry| entry.user_id)
    }

    /// The user with the most; among equals the one with the later last, then the older user.
    #[must_use]
    pub fn strongest(&self) -> Option<UserId> {
        let best = self
            .0
            .iter()
            .max_by_key(|entry| (entry.count, entry.last_at, std::cmp::Reverse(entry.user_id)));
        best.map(|entry| entry.user_id)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn entry(user: u128, count: i64, second: i64) -> UserInteractions {
        let last_at = DateTime::from_timestamp(second, 0).expect("a time");
        UserInteractions {
            user_id: UserId::new(Uuid::from_u128(user)),
            count,
            last_at,
        }
    }

    #[test]
    fn the_summary_adds_up_and_breaks_ties() {
        let summary = InteractionSummary(vec![
            entry(1, 2, 50),
            entry(2, 3, 40),
            entry(3, 3, 50),
            entry(4, 3, 50),
        ]);
        assert_eq!(summary.count(), 11);
        assert_eq!(summary.last_at().map(|at| at.timestamp()), Some(50));
        assert_eq!(summary.last_users().count(), 3);
        assert_eq!(summary.strongest(), Some(entry(3, 0, 0).user_id));
    }

    #[test]
    fn a_type_is_a_known_name_or_one_emoji() {
        for (text, expected) in [
            ("call", true),
            ("iMessage", true),
            ("😀", true),
            ("👩‍💻", true),
            ("☎️", true),
            ("☎", true),
            ("🇩🇪", true),
            ("Call", false),
            ("", false),
            ("😀😀", false),
            ("a", false),
            ("email", false),
        ] {
            let mut violations = Violations::default();
            let read = InteractionType::parse(text, &Path::root("type"), &mut violations);
            assert_eq!(
                (read.is_some(), violations.is_empty()),
                (expected, expected),
                "{text}"
            );
        }
    }

    #[test]
    fn without_interactions_there_is_nobody() {
        let summary = InteractionSummary::default();
        assert_eq!(
            (summary.count(), summary.last_at(), summary.strongest()),
            (0, None, None)
        );
    }
}
