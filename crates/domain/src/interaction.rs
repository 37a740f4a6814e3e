//! What logged interactions amount to.

use chrono::{DateTime, Utc};

use crate::UserId;

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
    fn without_interactions_there_is_nobody() {
        let summary = InteractionSummary::default();
        assert_eq!(
            (summary.count(), summary.last_at(), summary.strongest()),
            (0, None, None)
        );
    }
}
