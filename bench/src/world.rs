//! What the loaded data holds, told from numbers, as `sql/load.sql` makes it.

use uuid::Uuid;

/// The moment of the first row, in milliseconds since 1970: 2022-01-01.
pub(crate) const EPOCH: i64 = 1_640_995_200_000;
/// When the first person comes, in milliseconds since the beginning: after all definitions and companies.
pub(crate) const PEOPLE_BEGIN: i64 = 86_400_000;
/// Over how many milliseconds the people come: a little less than three years.
const PEOPLE_SPAN: i64 = 90_000_000_000;
/// How many people each small workspace has.
pub(crate) const SMALL_PEOPLE: i64 = 100;
/// What the secrets of keys begin with; the number of the workspace follows in six digits.
pub(crate) const KEY: &str = "people_benchbenchbenchbenchbenchbenchbenchb";

/// The size of the loaded data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct World {
    /// People of the large workspace.
    pub(crate) people: i64,
    /// Small workspaces beside it.
    pub(crate) small: i64,
}

/// A workspace of the loaded data; 0 is the large one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Workspace(pub(crate) i64);

impl World {
    /// Milliseconds between two people.
    pub(crate) fn step(self) -> i64 {
        (PEOPLE_SPAN / self.people.max(1)).clamp(1, PEOPLE_BEGIN)
    }

    /// Companies of the large workspace.
    pub(crate) fn companies(self) -> i64 {
        (self.people / 20).max(5)
    }

    /// The milliseconds since the beginning at which person `number` came.
    pub(crate) fn person_ms(self, number: i64) -> i64 {
        PEOPLE_BEGIN + number * self.step()
    }

    /// Person `number`, from 1 on.
    pub(crate) fn person(self, workspace: Workspace, number: i64) -> Uuid {
        workspace.id(self.person_ms(number))
    }
}

impl Workspace {
    pub(crate) const LARGE: Self = Self(0);

    /// The id of what was made so many milliseconds after the beginning.
    pub(crate) fn id(self, ms: i64) -> Uuid {
        let moment = u128::from((EPOCH + ms).unsigned_abs());
        Uuid::from_u128((moment << 80) | (0x7000_8000 << 48) | u128::from(self.0.unsigned_abs()))
    }

    pub(crate) fn itself(self) -> Uuid {
        self.id(0)
    }

    /// The secret of its key.
    pub(crate) fn key(self) -> String {
        format!("{KEY}{:06}", self.0)
    }

    /// User `number`, from 1 to 5; 1 has the key.
    pub(crate) fn user(self, number: i64) -> Uuid {
        self.id(number)
    }

    /// Group `number`, from 0 to 9. The first two have fields.
    pub(crate) fn group(self, number: i64) -> Uuid {
        self.id(10 + number)
    }

    /// Company `number`, from 1 on.
    pub(crate) fn company(self, number: i64) -> Uuid {
        self.id(1000 + number)
    }

    pub(crate) fn field(self, field: Field) -> Uuid {
        self.id(20 + field as i64)
    }

    /// Option `number` of the field Status.
    pub(crate) fn status(self, number: i64) -> Uuid {
        self.id(30 + number)
    }

    /// Option `number` of the field Interests.
    pub(crate) fn interest(self, number: i64) -> Uuid {
        self.id(40 + number)
    }
}

/// The custom fields, the first four in the first group.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Field {
    Status,
    Interests,
    Since,
    Related,
    Note,
    Score,
    Owner,
}

/// The labels of the field Status.
pub(crate) const STATUS: [&str; 3] = ["Lead", "Customer", "Former"];
/// The labels of the field Interests.
pub(crate) const INTERESTS: [&str; 5] = ["Music", "Sailing", "Chess", "Rust", "Gardens"];
