//! What the program needs of a database before it has a schema.

use diesel::sql_types::{Bool, Integer};
use diesel_async::RunQueryDsl as _;

use crate::connect::Place;
use crate::migration::{MigrationError, answered};

/// The oldest major version of PostgreSQL that the service works with.
pub const OLDEST_POSTGRES: u32 = 14;

/// Why a database will not do.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It lacks what statements use.
    #[error(
        "the database's server is PostgreSQL {found}, and {OLDEST_POSTGRES} or newer is needed: upgrade it, or name \
         another one in DATABASE_URL"
    )]
    TooOld {
        /// Its version.
        found: String,
    },
    /// Texts are not compared as `like` needs it.
    #[error(
        "the database does not know upper and lower case beyond ASCII, so searches would miss people: make one with \
         CREATE DATABASE ... ENCODING 'UTF8' LC_CTYPE 'C.UTF-8' TEMPLATE template0 (or another locale in UTF-8), and \
         name it in DATABASE_URL"
    )]
    KnowsOnlyAscii,
}

/// Looks whether a database will do: its version, and whether it is in UTF-8 and knows upper and lower case.
///
/// # Errors
/// It will not, or it cannot be asked.
pub async fn examine(url: &str) -> Result<(), MigrationError> {
    let mut connection = Place::read(url)?.connect().await?;
    let version = diesel::dsl::sql::<Integer>("current_setting('server_version_num')::integer");
    let cases = diesel::dsl::sql::<Bool>("current_setting('server_encoding') = 'UTF8' AND 'É' ILIKE 'é'");
    let query = diesel::select((version, cases));
    let (version, cases) = answered(query.get_result(&mut connection)).await?;
    Ok(judge(version, cases)?)
}

/// The version as PostgreSQL numbers it: 140005 is 14.5.
fn judge(version: i32, knows_cases: bool) -> Result<(), Unfit> {
    let (major, minor) = (version / 10_000, version % 10_000);
    if u32::try_from(major).unwrap_or_default() < OLDEST_POSTGRES {
        // Until 9.6 the second number was part of the major version.
        let found = match major {
            ..10 => format!("{major}.{}", minor / 100),
            10.. => format!("{major}.{minor}"),
        };
        return Err(Unfit::TooOld { found });
    }
    if !knows_cases {
        return Err(Unfit::KnowsOnlyAscii);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_that_is_too_old_is_named_as_its_users_know_it() {
        for (number, name) in [(130_014, "13.14"), (90_624, "9.6"), (100_001, "10.1")] {
            let found = name.to_owned();
            assert_eq!(judge(number, true), Err(Unfit::TooOld { found }));
        }
        let said = judge(130_014, false).unwrap_err().to_string();
        assert!(
            said.contains("PostgreSQL 13.14") && said.contains("14 or newer"),
            "{said}"
        );
        assert_eq!(judge(140_000, true), Ok(()));
        assert_eq!(judge(180_001, false), Err(Unfit::KnowsOnlyAscii));
    }
}
