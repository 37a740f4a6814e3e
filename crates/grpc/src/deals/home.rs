//! Where the deals are that a call speaks of.

use domain::{DealPlace, Definitions, FieldSet, GroupId, Path};
use persistence::deals::DealHome;

use crate::record_id::record_id;
use crate::status::Failure;

/// A group's object type, found.
#[derive(Clone, Copy)]
pub(crate) struct Home<'a> {
    /// Where its deals are kept.
    pub(crate) at: DealHome,
    /// Its name.
    pub(crate) object_type: &'a str,
    /// The fields of its deals.
    pub(crate) fields: &'a FieldSet,
}

impl<'a> Home<'a> {
    /// The object type of this name in the group with this id, which stands at `group_path` of the request.
    ///
    /// # Errors
    /// There is none; the message lists those that there are.
    pub(crate) fn find(
        group_id: &str,
        object_type: &str,
        group_path: &Path<'_>,
        definitions: &'a Definitions,
    ) -> Result<Self, Failure> {
        let id = record_id(group_id, "group", group_path, GroupId::parse, GroupId::parse_at)?;
        let group = definitions.group(id);
        let group = group.ok_or_else(|| Failure::NotFound("no such group in the workspace".to_owned()))?;
        let Some(found) = group.object_type(object_type) else {
            let names: Vec<_> = group
                .object_types
                .iter()
                .map(|found| found.name.as_str())
                .collect();
            let known = match names.as_slice() {
                [] => "it has none".to_owned(),
                names => format!("it has: {}", names.join(", ")),
            };
            let message = format!("no such object type in the group; {known}");
            return Err(Failure::NotFound(message));
        };
        Ok(Self {
            at: DealHome {
                group_id: id,
                object_type_id: found.id,
            },
            object_type: &found.name,
            fields: &found.fields,
        })
    }

    pub(crate) fn place(&self) -> DealPlace<'a> {
        DealPlace {
            group_id: self.at.group_id,
            fields: self.fields,
        }
    }
}
