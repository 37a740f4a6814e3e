//! A row of the table `objects`.

use chrono::{DateTime, Utc};
use diesel::sql_types;
use domain::{Name, ObjectId};
use serde::Serialize;
use uuid::Uuid;

use super::DealHome;
use crate::Error;
use crate::records::Stored;
use crate::records::values::StoredValues;
use crate::statement::row_within;

/// Every column but the workspace's, which is a parameter of its own, and the values.
#[derive(Debug, Serialize)]
pub(crate) struct DealRow {
    pub(super) id: Uuid,
    group_id: Uuid,
    object_type_id: Uuid,
    name: String,
    created_at: DateTime<Utc>,
    created_by: Uuid,
    updated_at: DateTime<Utc>,
    version: i64,
}

// In the order of `shown.sql`.
row_within!(DealRow {
    id: sql_types::Uuid,
    group_id: sql_types::Uuid,
    object_type_id: sql_types::Uuid,
    name: sql_types::Text,
    created_at: sql_types::Timestamptz,
    created_by: sql_types::Uuid,
    updated_at: sql_types::Timestamptz,
    version: sql_types::BigInt,
});

/// A row with the plain values that are written with it.
#[derive(Debug, Serialize)]
pub(super) struct WrittenRow {
    #[serde(flatten)]
    pub(super) row: DealRow,
    pub(super) values: StoredValues,
}

/// What a row says apart from links and values.
pub(super) struct ReadRow {
    pub(super) record: Stored<ObjectId>,
    pub(super) home: DealHome,
    pub(super) name: Name<1000>,
}

impl DealRow {
    pub(super) fn new(record: Stored<ObjectId>, home: DealHome, name: &Name<1000>) -> Self {
        let Stored {
            id,
            created_at,
            created_by,
            updated_at,
            version,
        } = record;
        let DealHome {
            group_id,
            object_type_id,
        } = home;
        Self {
            id: id.uuid(),
            group_id: group_id.uuid(),
            object_type_id: object_type_id.uuid(),
            name: name.as_str().to_owned(),
            created_at,
            created_by: created_by.uuid(),
            updated_at,
            version,
        }
    }

    /// Whether it is kept there.
    pub(super) fn is_of(&self, home: DealHome) -> bool {
        self.group_id == home.group_id.uuid() && self.object_type_id == home.object_type_id.uuid()
    }

    pub(super) fn read(self) -> Result<ReadRow, Error> {
        let Self {
            id,
            group_id,
            object_type_id,
            name,
            created_at,
            created_by,
            updated_at,
            version,
        } = self;
        let name = Name::from_stored(name).ok_or(Error::Inconsistent {
            table: "objects",
            column: "name",
            row: id,
        })?;
        Ok(ReadRow {
            record: Stored {
                id: id.into(),
                created_at,
                created_by: created_by.into(),
                updated_at,
                version,
            },
            home: DealHome {
                group_id: group_id.into(),
                object_type_id: object_type_id.into(),
            },
            name,
        })
    }
}
