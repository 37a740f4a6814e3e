//! Pages of records: those that a filter wants, by key.

use domain::{Filter, WorkspaceId};
use uuid::Uuid;

use crate::filter::{self, RecordSql};
use crate::fragments::Fragments;

/// Which records a page holds.
#[derive(Debug)]
pub struct Page<'a> {
    /// Whose records.
    pub workspace_id: WorkspaceId,
    /// Which of them.
    pub filter: &'a Filter,
    /// Only records whose ids come after this one.
    pub after: Option<Uuid>,
    /// How many at most.
    pub limit: usize,
}

impl Page<'_> {
    /// A statement that begins with the table `wanted` of the page's ids, with the workspace as `$1`.
    pub(crate) fn wanted(&self, table: &'static str, record: &RecordSql) -> Fragments {
        self.wanted_where(table, record, |_| {})
    }

    /// The same of those rows `r` for which another condition holds too, which `and` adds: ` AND ...`.
    pub(crate) fn wanted_where(
        &self,
        table: &'static str,
        record: &RecordSql,
        and: impl FnOnce(&mut Fragments),
    ) -> Fragments {
        let Self {
            workspace_id,
            filter,
            after,
            limit,
        } = self;
        let mut sql = Fragments::default();
        sql.sql("WITH wanted AS MATERIALIZED (SELECT r.id FROM ")
            .sql(table)
            .sql(" r WHERE r.workspace_id = ")
            .uuid(workspace_id.uuid())
            .sql(" AND r.id > ")
            .uuid(after.unwrap_or_default());
        and(&mut sql);
        sql.sql(" AND (");
        filter::push(filter, record, &mut sql);
        sql.sql(") ORDER BY r.id LIMIT ")
            .number(i64::try_from(*limit).unwrap_or(i64::MAX))
            .sql(")\n");
        sql
    }
}
