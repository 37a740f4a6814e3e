//! What the program is told from outside, read once: a flag beats the environment, that beats the file given with
//! `--config`, that beats the default. Every setting is one entry in `settings.rs`.

mod default_file;
mod default_value;
mod environment;
mod error;
mod file;
mod in_force;
mod layers;
mod macros;
mod nearest;
mod secrets;
mod settings;
mod value;

pub use default_file::default_file;
pub use error::{Error, Problem};
pub use in_force::{InForce, as_json, as_text};
pub use layers::Source;
pub use secrets::DatabaseUrl;
pub use settings::{
    Config, DatabaseSettings, DemoSettings, EmbeddedSettings, Flags, ListenSettings, LogSettings,
    RequestSettings, TraceSettings,
};
pub use value::{LogFilter, LogFormat, PublicUrl};

use std::ffi::OsString;
use std::path::Path;

impl Config {
    /// Reads every setting from `flags`, from `environment` (such as [`std::env::vars_os`]) and from the file that
    /// one of them names. Fails with all that is wrong at once; an unknown key in the file or an unknown variable
    /// that begins with `PEOPLE_` is wrong too, except for `PEOPLE_TEST_*`.
    pub fn resolve(
        flags: &Flags,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, Error> {
        let mut problems = Vec::new();
        let layers = layers::Layers::read(flags, environment, &mut problems);
        match Self::assemble(&layers, &mut problems) {
            Some(config) if problems.is_empty() => Ok(config),
            Some(_) | None => Err(Error { problems }),
        }
    }

    /// Where the embedded database is. Fails if nobody said so and no default can be made, as in a container
    /// without `HOME`: then only those who need the directory are troubled.
    pub fn data_dir(&self) -> Result<&Path, Problem> {
        self.embedded.data_dir.as_deref().ok_or(Problem::NoDefault {
            key: "data_dir",
            form: "a path",
        })
    }

    /// How many batches are worked on at once: while one half is with the database, the other can be read or answered.
    pub fn max_batches(&self) -> usize {
        usize::try_from(self.database.pool_size.get()).map_or(usize::MAX, |size| size.saturating_mul(2))
    }
}
