//! SQL put together at run time: fixed texts and bound values, never a value within a text.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types;
use uuid::Uuid;

/// A part of a statement.
#[derive(Debug, Clone)]
enum Piece {
    Sql(&'static str),
    Text(String),
    Uuid(Uuid),
    Uuids(Vec<Uuid>),
    Texts(Vec<String>),
    Time(DateTime<Utc>),
    Date(NaiveDate),
    Number(i64),
}

/// A statement of pieces, that answers one JSON document a row.
#[derive(Debug, Default)]
pub(crate) struct Fragments {
    pieces: Vec<Piece>,
    /// Statements that differ from call to call would fill the memory for prepared ones.
    varies: bool,
}

impl Fragments {
    pub(crate) fn sql(&mut self, sql: &'static str) -> &mut Self {
        self.push(Piece::Sql(sql))
    }

    pub(crate) fn text(&mut self, text: impl Into<String>) -> &mut Self {
        self.push(Piece::Text(text.into()))
    }

    pub(crate) fn uuid(&mut self, uuid: Uuid) -> &mut Self {
        self.push(Piece::Uuid(uuid))
    }

    pub(crate) fn uuids(&mut self, uuids: Vec<Uuid>) -> &mut Self {
        self.push(Piece::Uuids(uuids))
    }

    pub(crate) fn texts(&mut self, texts: Vec<String>) -> &mut Self {
        self.push(Piece::Texts(texts))
    }

    pub(crate) fn time(&mut self, time: DateTime<Utc>) -> &mut Self {
        self.push(Piece::Time(time))
    }

    pub(crate) fn date(&mut self, date: NaiveDate) -> &mut Self {
        self.push(Piece::Date(date))
    }

    pub(crate) fn number(&mut self, number: i64) -> &mut Self {
        self.push(Piece::Number(number))
    }

    /// Says that the text is another with nearly every call.
    pub(crate) fn varies(&mut self) -> &mut Self {
        self.varies = true;
        self
    }

    fn push(&mut self, piece: Piece) -> &mut Self {
        self.pieces.push(piece);
        self
    }
}

impl Query for Fragments {
    type SqlType = sql_types::Json;
}

impl QueryId for Fragments {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Pg> for Fragments {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if self.varies {
            out.unsafe_to_cache_prepared();
        }
        for piece in &self.pieces {
            match piece {
                Piece::Sql(sql) => out.push_sql(sql),
                Piece::Text(text) => out.push_bind_param::<sql_types::Text, _>(text)?,
                Piece::Uuid(uuid) => out.push_bind_param::<sql_types::Uuid, _>(uuid)?,
                Piece::Uuids(uuids) => out.push_bind_param::<sql_types::Array<sql_types::Uuid>, _>(uuids)?,
                Piece::Texts(texts) => out.push_bind_param::<sql_types::Array<sql_types::Text>, _>(texts)?,
                Piece::Time(time) => out.push_bind_param::<sql_types::Timestamptz, _>(time)?,
                Piece::Date(date) => out.push_bind_param::<sql_types::Date, _>(date)?,
                Piece::Number(number) => out.push_bind_param::<sql_types::BigInt, _>(number)?,
            }
        }
        Ok(())
    }
}
