//! Workspaces, the tenants.

use crate::Name;

/// The name of a workspace, to tell it from others. Several may have the same one: only ids tell workspaces apart.
pub type WorkspaceName = Name<255>;
