//! Pages of records, by key. All records are read in one statement; those that a filter wants are searched first, which
//! gives nothing but their ids, and then read by these.

use domain::{Definitions, Filter};
use uuid::Uuid;

use super::search::{count, search};
use super::shown::{Loaded, Shown, WITHIN_WORKSPACE, fetch_by_ids, read};
use crate::filter::RecordSql;
use crate::fragments::Fragments;
use crate::{Database, Error, Reach};

/// Which records a page holds.
#[derive(Debug)]
pub struct Page<'a> {
    /// Whose records, and until when they are wanted.
    pub reach: Reach,
    /// Which of them.
    pub filter: &'a Filter,
    /// Only records whose ids come after this one.
    pub after: Option<Uuid>,
    /// How many at most.
    pub size: usize,
}

/// A page as it was found.
#[derive(Debug)]
pub struct Listed<View> {
    /// Its records. One that went between search and reading is not among them.
    pub loaded: Loaded<View>,
    /// The record after which the next page begins, if there is one.
    pub next: Option<Uuid>,
}

/// Narrows a page to a part of the table: ` AND ...` about the row `r`.
pub(crate) type Place<'a> = &'a (dyn Fn(&mut Fragments) + Sync);

impl Page<'_> {
    /// A statement that begins with a table `wanted` of the ids of a page of all records, with the workspace as `$1`.
    fn wanted(&self, record: &RecordSql, place: Place<'_>) -> Fragments {
        let mut sql = Fragments::default();
        sql.sql("WITH found AS MATERIALIZED (SELECT ARRAY(SELECT r.id FROM ")
            .sql(record.table)
            .sql(" r WHERE r.workspace_id = ")
            .uuid(self.reach.workspace_id.uuid())
            .sql(" AND r.id > ")
            .uuid(self.after.unwrap_or_default());
        place(&mut sql);
        // One more than the page holds tells whether there is another page.
        sql.sql(" ORDER BY r.id LIMIT ")
            .number(count(self.size + 1))
            .sql(") AS ids),\nwanted AS MATERIALIZED (SELECT ids[:")
            .number(count(self.size))
            .sql("::integer] AS ids, cardinality(ids) > ")
            .number(count(self.size))
            .sql(" AS more, ")
            .sql(WITHIN_WORKSPACE)
            .sql(" FROM found)\n");
        sql
    }

    /// Reads the page in a transaction of its own.
    pub(crate) async fn read<T: Shown + Send>(
        &self,
        database: &Database,
        record: &RecordSql,
        place: Place<'_>,
        definitions: &Definitions,
    ) -> Result<Listed<T::View>, Error> {
        let (fetched, next) = if self.filter.conditions.is_empty() {
            let mut statement = self.wanted(record, place);
            statement.sql(T::OF_PAGE);
            let fetched = database
                .alone(self.reach, T::ALONE_OF_PAGE, async |connection| {
                    Ok(T::fetch(connection, statement).await?)
                })
                .await?;
            let next = fetched.records.last().filter(|_| fetched.more).map(T::id);
            (fetched, next)
        } else {
            database
                .read(self.reach, async |connection| {
                    search(connection, self, record, place, async |ids| {
                        let (ids, next) = self.cut(ids);
                        let workspace_id = self.reach.workspace_id;
                        Ok((fetch_by_ids::<T>(connection, workspace_id, ids).await?, next))
                    })
                    .await
                })
                .await?
        };
        let loaded = read(fetched, definitions)?;
        Ok(Listed { loaded, next })
    }

    /// The ids of the page among those that were found, and the last of them if there is another page.
    fn cut(&self, mut ids: Vec<Uuid>) -> (Vec<Uuid>, Option<Uuid>) {
        let more = ids.len() > self.size;
        ids.truncate(self.size);
        let next = ids.last().copied().filter(|_| more);
        (ids, next)
    }
}
