//! Searching for a page of what a filter wants. The planner cannot know whether a value is rare: for a common one it would
//! gather all that an index finds, for a rare one read the whole table in the order of its key. So a search first goes
//! some way along that order, where common values are soon found, and only then gathers what an index finds, which is
//! little if that way was not enough.

use std::cmp::Reverse;

use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{Condition, Subject};
use futures_util::future::try_join;
use serde::Deserialize;
use uuid::Uuid;

use super::page::{Place, Wanted};
use crate::Error;
use crate::filter::{self, Along, Beyond, Candidates, Lookup, RecordSql, contained};
use crate::fragments::Fragments;
use crate::statement::Document;
use crate::transaction::send;

/// A part of the way along the records.
struct Stride {
    records: i64,
    /// How many must have been found before it: with fewer there is little in all.
    found: usize,
    /// Only if each record that an index finds would have to be looked at.
    broad: bool,
}

/// How far to go along before an index is asked. So an index is asked for what is rare, and the way to a page of others is
/// not long. Either takes some milliseconds.
const STRIDES: [Stride; 3] = [
    Stride {
        records: 500,
        found: 0,
        broad: false,
    },
    Stride {
        records: 1_500,
        found: 1,
        broad: false,
    },
    Stride {
        records: 20_000,
        found: 3,
        broad: true,
    },
];

/// Of how many records it is told how common the parts of a text are.
const SAMPLE: i64 = 400;

/// Of how many parts, the longest.
const PARTS: usize = 6;

/// Policies would keep indexes from answering most filters, so a search is another role's, which may only read. For that
/// one the planner has no choice: never a table as it lies, which would be every workspace's part of it, and the order of
/// the keys from their index. Other statements have one plan for all values; which way a search goes depends on what it
/// looks for.
const BEGIN_SEARCH: &str = "SET LOCAL ROLE people_search; SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; \
                            SET LOCAL plan_cache_mode = force_custom_plan";
/// What was found is read within policies again. After an error there is no more to the transaction.
const END_SEARCH: &str = "SET LOCAL ROLE people_service; SET LOCAL enable_seqscan TO DEFAULT; \
                          SET LOCAL enable_sort TO DEFAULT; SET LOCAL plan_cache_mode = force_generic_plan";

/// What a way along the records found.
#[derive(Debug, Deserialize)]
struct Way {
    ids: Vec<Uuid>,
    /// Where it ended, if there is more.
    end: Option<Uuid>,
    /// How many records of a sample each part holds of.
    counts: Vec<i64>,
}

/// A search as it is asked for.
struct Search<'a> {
    wanted: &'a Wanted<'a>,
    record: &'a RecordSql,
    place: Place<'a>,
}

/// Finds the ids of a page, and one more, which tells whether there is another page; then reads what they lead to. The one
/// place that reads rows only to choose among them. What begins and ends it goes with the statements behind it.
pub(super) async fn search<T>(
    connection: &AsyncPgConnection,
    wanted: &Wanted<'_>,
    record: &RecordSql,
    place: Place<'_>,
    read: impl AsyncFnOnce(Vec<Uuid>) -> Result<T, Error>,
) -> Result<T, Error> {
    let begin = send(connection, BEGIN_SEARCH);
    let ids = match try_join(begin, find(connection, wanted, record, place)).await {
        Ok(((), ids)) => ids,
        Err(Error::Timeout) => return Err(Error::SearchTimeout),
        Err(error) => return Err(error),
    };
    let ((), read) = try_join(send(connection, END_SEARCH), read(ids)).await?;
    Ok(read)
}

async fn find(
    mut connection: &AsyncPgConnection,
    wanted: &Wanted<'_>,
    record: &RecordSql,
    place: Place<'_>,
) -> Result<Vec<Uuid>, Error> {
    let Candidates {
        along,
        mut lookups,
        made,
    } = Candidates::of(wanted.filter, record);
    let search = Search {
        wanted,
        record,
        place,
    };
    let mut beyond = Beyond {
        workspace: wanted.reach.workspace_id.uuid(),
        record: wanted.page.after.unwrap_or_default(),
        until: None,
    };
    let most = wanted.page.size + 1;
    let mut apart = Vec::new();
    if let Some((made, lookup)) = made {
        let gathered = search.gathered(&[lookup], beyond, most);
        Document(apart) = gathered.get_result(&mut connection).await?;
        beyond.record = beyond.record.max(made.after);
        beyond.until = Some(made.until);
    }
    let mut ids = Vec::new();
    let mut ended = false;
    let mut parts = search.parts(along, &lookups);
    for Stride {
        records,
        found,
        broad,
    } in STRIDES
    {
        let goes_on = ids.len() >= found && (!broad || lookups.iter().all(Lookup::is_broad));
        if ended || ids.len() >= most || !goes_on {
            break;
        }
        let stride = (!lookups.is_empty()).then_some(records);
        let way = search.way(along, beyond, stride, most - ids.len(), &parts);
        let Document(way): Document<Way> = way.get_result(&mut connection).await?;
        ids.extend(way.ids);
        // Parts that are equally common tell nothing: all of the text may be rare, or all of it in what the sample has none of.
        if let (Some(least), Some(most), [lookup]) =
            (way.counts.iter().min(), way.counts.iter().max(), &mut lookups[..])
            && least < most
        {
            let rare = way.counts.iter().zip(&parts).filter(|(count, _)| *count == least);
            lookup.narrow(rare.map(|(_, part)| part));
        }
        parts = Vec::new();
        match way.end {
            Some(end) => beyond.record = end,
            None => ended = true,
        }
    }
    if !ended && ids.len() < most {
        let gathered = search.gathered(&lookups, beyond, most - ids.len());
        let Document(rest): Document<Vec<Uuid>> = gathered.get_result(&mut connection).await?;
        ids.extend(rest);
    }
    if !apart.is_empty() {
        ids.append(&mut apart);
        ids.sort_unstable();
        ids.dedup();
        ids.truncate(most);
    }
    Ok(ids)
}

impl Search<'_> {
    /// By which parts of a text the only lookup could go, if the records on the way can tell how common each is.
    fn parts(&self, along: Option<Along<'_>>, lookups: &[Lookup<'_>]) -> Vec<Condition> {
        let [lookup] = lookups else { return Vec::new() };
        let mut parts = lookup.parts();
        let known = |part: &Condition| match part.subject {
            Subject::Field(_) => true,
            Subject::Custom(..) => {
                let test = along.and_then(|along| along.test);
                test.is_some_and(|test| test.subject == part.subject)
            }
        };
        parts.retain(known);
        parts.sort_by_key(|part| Reverse(contained(&part.test).map(str::len)));
        parts.truncate(PARTS);
        parts
    }

    /// The first records that the filter wants among the next `stride`, or among all; and of how many of a sample each of
    /// these parts holds.
    fn way(
        &self,
        along: Option<Along<'_>>,
        beyond: Beyond,
        stride: Option<i64>,
        most: usize,
        parts: &[Condition],
    ) -> Fragments {
        let mut sql = Fragments::default();
        sql.varies()
            .sql("SELECT json_build_object('ids', array(SELECT r.id FROM (");
        let test = along.and_then(|along| along.test);
        if test.is_some() {
            sql.sql("SELECT l.id FROM (");
        }
        self.push_way(along, "r.*", beyond, &mut sql);
        if let Some(stride) = stride {
            sql.sql(" LIMIT ").number(stride);
        }
        match along {
            None => {
                sql.sql(") r WHERE (");
                filter::push(self.wanted.filter, self.record, &mut sql);
                sql.sql(") ORDER BY r.id");
            }
            Some(_) => {
                if let Some(test) = test {
                    sql.sql(") l WHERE ");
                    filter::push_on_values(test, self.record, &mut sql);
                }
                sql.sql(") c");
                self.push_each(beyond, &mut sql);
            }
        }
        sql.sql(" LIMIT ").number(count(most)).sql("), 'end', ");
        match stride {
            None => sql.sql("NULL"),
            Some(stride) => {
                sql.sql("(");
                // For the end it does not matter what the rows tell.
                let along = along.map(|along| Along { test: None, ..along });
                self.push_way(along, "r.id", beyond, &mut sql);
                sql.sql(" OFFSET ").number(stride - 1).sql(" LIMIT 1)")
            }
        };
        sql.sql(", 'counts', ");
        self.push_counts(along, beyond, parts, &mut sql);
        sql.sql(")");
        sql
    }

    /// Adds an array that tells of how many records of a sample each part holds.
    fn push_counts(
        &self,
        along: Option<Along<'_>>,
        beyond: Beyond,
        parts: &[Condition],
        sql: &mut Fragments,
    ) {
        let Some(first) = parts.first() else {
            sql.sql("'[]'::json");
            return;
        };
        let of_record = matches!(first.subject, Subject::Field(_));
        sql.sql("(SELECT json_build_array(");
        for (index, part) in parts.iter().enumerate() {
            sql.sql(if index == 0 { "" } else { ", " })
                .sql("count(*) FILTER (WHERE ");
            if of_record {
                filter::push_condition(part, self.record, sql);
            } else {
                filter::push_on_values(part, self.record, sql);
            }
            sql.sql(")");
        }
        sql.sql(") FROM (");
        self.push_way(along.filter(|_| !of_record), "r.*", beyond, sql);
        sql.sql(" LIMIT ")
            .number(SAMPLE)
            .sql(if of_record { ") r)" } else { ") l)" });
    }

    /// The first records that the filter wants among those that indexes find. They are found before they are sorted, or else
    /// the planner might go along all records after all.
    fn gathered(&self, lookups: &[Lookup<'_>], beyond: Beyond, most: usize) -> Fragments {
        let mut sql = Fragments::default();
        sql.varies().sql("WITH candidates AS MATERIALIZED (");
        for (index, lookup) in lookups.iter().enumerate() {
            sql.sql(if index == 0 { "" } else { " UNION ALL " });
            lookup.push(self.record, self.place, beyond, &mut sql);
        }
        sql.sql(") SELECT to_json(array(SELECT ");
        match (lookups, self.wanted.filter.conditions.len()) {
            ([only], 1) if only.is_exact() => {
                sql.sql("c.id FROM candidates c ORDER BY c.id");
            }
            _ => {
                sql.sql("r.id FROM (SELECT DISTINCT id FROM candidates ORDER BY id) c");
                self.push_each(beyond, &mut sql);
            }
        }
        sql.sql(" LIMIT ").number(count(most)).sql("))");
        sql
    }

    /// Adds a query of the records to go along: of their ids, or of these columns of all in the place.
    fn push_way(&self, along: Option<Along<'_>>, columns: &'static str, beyond: Beyond, sql: &mut Fragments) {
        if let Some(along) = along {
            return along.push(beyond, sql);
        }
        sql.sql("SELECT ")
            .sql(columns)
            .sql(" FROM ")
            .sql(self.record.table)
            .sql(" r WHERE r.workspace_id = ")
            .uuid(beyond.workspace);
        beyond.push("r.id", sql);
        (self.place)(sql);
        sql.sql(" ORDER BY r.id");
    }

    /// Adds, for each id of `c` in turn, the record if the filter wants it. `OFFSET 0` keeps it from becoming a join.
    fn push_each(&self, beyond: Beyond, sql: &mut Fragments) {
        sql.sql(", LATERAL (SELECT r.id FROM ")
            .sql(self.record.table)
            .sql(" r WHERE r.workspace_id = ")
            .uuid(beyond.workspace)
            .sql(" AND r.id = c.id");
        (self.place)(sql);
        sql.sql(" AND (");
        filter::push(self.wanted.filter, self.record, sql);
        sql.sql(") OFFSET 0) r ORDER BY c.id");
    }
}

impl Along<'_> {
    /// Adds a query of the ids of the records to which the rows belong, in their order.
    fn push(self, beyond: Beyond, sql: &mut Fragments) {
        let more = if self.test.is_some() { ", l.\"values\"" } else { "" };
        self.rows.push_beyond(more, beyond, sql);
        sql.sql(" AND ")
            .sql(self.rows.target)
            .sql(" = ")
            .uuid(self.to)
            .sql(" ORDER BY ")
            .sql(self.rows.record);
    }
}

/// As the database counts.
pub(super) fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
