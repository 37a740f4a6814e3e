//! Pages of records, by key. All records are read in one statement; those that a filter wants are searched first, which
//! gives nothing but their ids, and then read by these.

use diesel::result::QueryResult;
use diesel_async::AsyncPgConnection;
use domain::{Definitions, Filter, WorkspaceId};
use uuid::Uuid;

use super::search::{count, search};
use super::shown::{Fetched, Loaded, Shown, WITHIN_WORKSPACE, fetch_by_ids, read};
use crate::filter::RecordSql;
use crate::fragments::Fragments;
use crate::{Database, Error, Reach};

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Only records whose ids come after this one.
    pub after: Option<Uuid>,
    /// How many at most.
    pub size: usize,
}

/// Which records are wanted.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// Whose records, and until when they are wanted.
    pub reach: Reach,
    /// Which of them.
    pub filter: &'a Filter,
    /// Which part of these.
    pub page: Page,
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

/// All records are in place.
pub(crate) const EVERYWHERE: Place<'static> = &|_| {};

/// Fetches a page of all records of a place, in one statement. It is as [`Shown::ALONE_OF_PAGE`] says.
pub(crate) async fn fetch_page<T: Shown>(
    connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    page: Page,
    record: &RecordSql,
    place: Place<'_>,
) -> QueryResult<Fetched<T>> {
    let mut statement = Fragments::default();
    // The workspace is `$1` of all that follows.
    statement
        .sql("WITH found AS MATERIALIZED (SELECT ARRAY(SELECT r.id FROM ")
        .sql(record.table)
        .sql(" r WHERE r.workspace_id = ")
        .uuid(workspace_id.uuid())
        .sql(" AND r.id > ")
        .uuid(page.after.unwrap_or_default());
    place(&mut statement);
    // One more than the page holds tells whether there is another page.
    statement
        .sql(" ORDER BY r.id LIMIT ")
        .number(count(page.size + 1))
        .sql(") AS ids),\nwanted AS MATERIALIZED (SELECT ids[:")
        .number(count(page.size))
        .sql("::integer] AS ids, cardinality(ids) > ")
        .number(count(page.size))
        .sql(" AS more, ")
        .sql(WITHIN_WORKSPACE)
        .sql(" FROM found)\n")
        .sql(T::OF_PAGE);
    T::fetch(connection, statement).await
}

/// Reads a page that was fetched.
pub(crate) fn read_page<T: Shown>(
    fetched: Fetched<T>,
    definitions: &Definitions,
) -> Result<Listed<T::View>, Error> {
    let next = fetched.records.last().filter(|_| fetched.more).map(T::id);
    let loaded = read(fetched, definitions)?;
    Ok(Listed { loaded, next })
}

impl Wanted<'_> {
    /// Reads the page in a transaction of its own.
    pub(crate) async fn read<T: Shown + Send>(
        &self,
        database: &Database,
        record: &RecordSql,
        place: Place<'_>,
        definitions: &Definitions,
    ) -> Result<Listed<T::View>, Error> {
        let workspace_id = self.reach.workspace_id;
        if self.filter.conditions.is_empty() {
            let fetched = database
                .alone(self.reach, T::ALONE_OF_PAGE, 1, async |connection| {
                    Ok(fetch_page::<T>(connection, workspace_id, self.page, record, place).await?)
                })
                .await?;
            return read_page(fetched, definitions);
        }
        let (fetched, next) = database
            .read(self.reach, async |connection| {
                search(connection, self, record, place, async |ids| {
                    let (ids, next) = self.page.cut(ids);
                    Ok((fetch_by_ids::<T>(connection, workspace_id, ids).await?, next))
                })
                .await
            })
            .await?;
        let loaded = read(fetched, definitions)?;
        Ok(Listed { loaded, next })
    }
}

impl Page {
    /// The ids of the page among those that were found, and the last of them if there is another page.
    fn cut(self, mut ids: Vec<Uuid>) -> (Vec<Uuid>, Option<Uuid>) {
        let more = ids.len() > self.size;
        ids.truncate(self.size);
        let next = ids.last().copied().filter(|_| more);
        (ids, next)
    }
}
