//! Making people: those that a user makes at the same time, in one statement and one commit. Each is stored or refused for
//! itself, as if it had come alone.

use domain::{UserId, WorkspaceId};
use futures_util::future::join_all;
use persistence::people::{self, Created, NewPerson, Outcome};
use persistence::{Database, Error, Writing};

use crate::attempts::Again;
use crate::clock;
use crate::gathering::Together;
use crate::status::StoreFailure;

/// See [`Together`].
pub(crate) struct Creates {
    pub(crate) database: Database,
}

/// Who makes people, and by which definitions they were judged.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Maker {
    pub(super) workspace_id: WorkspaceId,
    pub(super) user_id: UserId,
    pub(super) definitions_version: i64,
}

/// What came of one person, or why to try again.
pub(crate) type Made = Result<Result<Outcome, Again>, StoreFailure>;

impl Together for Creates {
    type Key = Maker;
    type Job = NewPerson;
    type Answer = Made;
    const NAME: &'static str = "create";
    const ONLY_READS: bool = false;

    async fn run(&self, maker: Maker, people: Vec<NewPerson>) -> Vec<Made> {
        let created = self.create(&maker, &people).await;
        match &created {
            Err(error) if people.len() > 1 && error.may_concern_one() => {
                let each = people.chunks(1).map(|person| self.create(&maker, person));
                let each = join_all(each).await.into_iter();
                each.flat_map(|created| made(created, 1)).collect()
            }
            Ok(_) | Err(_) => made(created, people.len()),
        }
    }
}

/// What came of each of so many.
fn made(created: Result<Created, Error>, count: usize) -> Vec<Made> {
    let of_all = |made: fn() -> Made| (0..count).map(|_| made()).collect();
    match created {
        Ok(Created::People(outcomes)) => outcomes.into_iter().map(|outcome| Ok(Ok(outcome))).collect(),
        Ok(Created::Stale) => of_all(|| Ok(Err(Again::Stale))),
        Err(Error::Conflict { .. }) => of_all(|| Ok(Err(Again::LostRace))),
        Err(error) => {
            let failure = StoreFailure::from(error);
            (0..count).map(|_| Err(failure)).collect()
        }
    }
}

impl Creates {
    async fn create(&self, maker: &Maker, people: &[NewPerson]) -> Result<Created, Error> {
        let Maker {
            workspace_id,
            user_id,
            definitions_version,
        } = *maker;
        let writing = Writing {
            workspace_id,
            actor: user_id,
            now: clock::now(),
            definitions_version,
            atomic: false,
        };
        people::create_alone(&self.database, writing, people).await
    }
}
