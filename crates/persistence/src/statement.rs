//! Long SQL from a file: one JSON document in, one JSON document a row out, prepared once on each connection.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types;
use diesel_async::{AsyncPgConnection, RunQueryDsl as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::Write as _;
use std::marker::PhantomData;
use uuid::Uuid;

/// SQL with the workspace as `$1` and a document as `$2`, both used, in this order.
/// (`diesel::sql_query` is prepared anew at each call.)
pub(crate) struct Statement<'a, Input> {
    /// The text of the SQL.
    pub(crate) sql: &'static str,
    /// The workspace; its own parameter, so that a distributed database sees where the rows are.
    pub(crate) workspace_id: Uuid,
    /// The rest of the input.
    pub(crate) input: &'a Document<Input>,
}

/// A query with such rows in place of a document.
pub(crate) struct Rows<Q, Row> {
    query: Q,
    row: PhantomData<fn() -> Row>,
}

impl<Q, Row> Rows<Q, Row> {
    pub(crate) fn of(query: Q) -> Self {
        Self {
            query,
            row: PhantomData,
        }
    }
}

impl<Q, Row: RowOfOne> Query for Rows<Q, Row> {
    type SqlType = Row::Columns;
}

impl<Q: QueryId, Row> QueryId for Rows<Q, Row> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<Pg>, Row> QueryFragment<Pg> for Rows<Q, Row> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.query.walk_ast(out)
    }
}

/// A JSON document among the columns of a row, or that it is not what it should be: that must not hide the others.
#[derive(Debug)]
pub(crate) struct Read<T>(pub(crate) Option<T>);

impl<T: DeserializeOwned> FromSql<sql_types::Jsonb, Pg> for Read<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        // Behind the version of the binary format.
        let document = value.as_bytes().get(1..).unwrap_or_default();
        Ok(Self(serde_json::from_slice(document).ok()))
    }
}

/// What a row within a column of another is read as.
pub(crate) trait RowWithin {
    /// The types of its columns.
    type Columns;
}

/// The type of a column with such a row, or none.
pub(crate) type Within<T> = sql_types::Nullable<sql_types::Record<<T as RowWithin>::Columns>>;

/// A row within a column that is moved as a pointer. What a stream gives is moved several times, and each of its items has room
/// for the largest row that it might hold.
#[derive(Debug)]
pub(crate) struct Boxed<T>(pub(crate) Box<T>);

impl<T: RowWithin> RowWithin for Boxed<T> {
    type Columns = T::Columns;
}

impl<T: FromSql<Type, Pg>, Type> FromSql<Type, Pg> for Boxed<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        T::from_sql(value).map(|row| Self(Box::new(row)))
    }
}

/// Makes a struct of fields with these types of columns a [`RowWithin`].
macro_rules! row_within {
    ($Row:ident { $($column:ident: $Sql:ty),+ $(,)? }) => {
        impl crate::statement::RowWithin for $Row {
            type Columns = ($($Sql,)+);
        }

        impl diesel::deserialize::FromSql<diesel::sql_types::Record<($($Sql,)+)>, diesel::pg::Pg> for $Row {
            fn from_sql(value: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                type Columns = diesel::sql_types::Record<($($Sql,)+)>;
                let ($($column,)+) = diesel::deserialize::FromSql::<Columns, diesel::pg::Pg>::from_sql(value)?;
                Ok(Self { $($column),+ })
            }
        }
    };
}

pub(crate) use row_within;

/// A row that is one of several things.
pub(crate) trait RowOfOne {
    /// The types of its columns, one for each of them.
    type Columns;
}

/// Makes an enum of rows within columns a [`RowOfOne`]: the first column that is not null says what a row is, and those behind
/// it are not looked at.
macro_rules! row_of_one {
    ($(#[$doc:meta])* enum $Row:ident { $($Kind:ident($Content:ty)),+ $(,)? }) => {
        $(#[$doc])*
        enum $Row {
            $($Kind($Content)),+
        }

        impl crate::statement::RowOfOne for $Row {
            type Columns = ($(crate::statement::Within<$Content>,)+);
        }

        impl diesel::deserialize::FromSqlRow<($(crate::statement::Within<$Content>,)+), diesel::pg::Pg> for $Row {
            fn build_from_row<'a>(
                row: &impl diesel::row::Row<'a, diesel::pg::Pg>,
            ) -> diesel::deserialize::Result<Self> {
                use diesel::row::Field as _;
                let mut columns = 0..;
                $(
                    if let Some(field) = columns.next().and_then(|column| row.get(column))
                        && let Some(value) = field.value()
                    {
                        type Columns = <$Content as crate::statement::RowWithin>::Columns;
                        return diesel::deserialize::FromSql::<diesel::sql_types::Record<Columns>, _>::from_sql(value)
                            .map(Self::$Kind);
                    }
                )+
                Err("a row of nothing".into())
            }
        }
    };
}

pub(crate) use row_of_one;

/// A JSON document on its way to or from the database.
#[derive(Debug, FromSqlRow, AsExpression)]
#[diesel(sql_type = sql_types::Json)]
#[diesel(sql_type = sql_types::Jsonb)]
pub(crate) struct Document<T>(pub(crate) T);

impl<T: std::fmt::Debug + Serialize> ToSql<sql_types::Jsonb, Pg> for Document<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        // The version of the binary format.
        out.write_all(&[1])?;
        serde_json::to_writer(out, &self.0)?;
        Ok(IsNull::No)
    }
}

impl<T: DeserializeOwned> FromSql<sql_types::Json, Pg> for Document<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(serde_json::from_slice(value.as_bytes())?))
    }
}

impl<Input: std::fmt::Debug + Serialize + Sync> Statement<'_, Input> {
    /// What the statement answers in its one row.
    pub(crate) async fn answer<Output>(self, mut connection: &AsyncPgConnection) -> QueryResult<Output>
    where
        Output: std::fmt::Debug + DeserializeOwned + Send + 'static,
    {
        let Document(output) = self.get_result(&mut connection).await?;
        Ok(output)
    }
}

impl<Input> Query for Statement<'_, Input> {
    type SqlType = sql_types::Json;
}

impl<Input> QueryId for Statement<'_, Input> {
    type QueryId = ();
    // The text of the SQL is the key of the prepared statement.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Input: std::fmt::Debug + Serialize> QueryFragment<Pg> for Statement<'_, Input> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        // Diesel writes `$1` and `$2` where each is bound; later mentions are plain text.
        let (before, rest) = self.sql.split_once("$1").unwrap_or((self.sql, ""));
        let (between, after) = rest.split_once("$2").unwrap_or((rest, ""));
        out.push_sql(before);
        out.push_bind_param::<sql_types::Uuid, _>(&self.workspace_id)?;
        out.push_sql(between);
        out.push_bind_param::<sql_types::Jsonb, _>(self.input)?;
        out.push_sql(after);
        Ok(())
    }
}
