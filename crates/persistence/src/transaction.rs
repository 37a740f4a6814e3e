//! Transactions whose steps are the caller's.

use diesel_async::{AnsiTransactionManager, AsyncPgConnection, TransactionManager as _};

use crate::{Connection, Database, Error};

/// A transaction. One that is dropped without an end takes its connection with it.
pub struct Transaction(Connection);

impl Database {
    /// Begins a transaction.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if there is no connection to be had in time.
    pub async fn begin(&self) -> Result<Transaction, Error> {
        let mut connection = self.connection().await?;
        AnsiTransactionManager::begin_transaction(&mut *connection).await?;
        Ok(Transaction(connection))
    }
}

impl Transaction {
    /// The connection to work with.
    pub fn connection(&mut self) -> &mut AsyncPgConnection {
        &mut self.0
    }

    /// Makes everything done so far last.
    ///
    /// # Errors
    /// When the database does not answer; whether it lasts is unknown then.
    pub async fn commit(mut self) -> Result<(), Error> {
        Ok(AnsiTransactionManager::commit_transaction(&mut *self.0).await?)
    }

    /// Undoes everything.
    ///
    /// # Errors
    /// When the database does not answer; it is undone all the same.
    pub async fn roll_back(mut self) -> Result<(), Error> {
        Ok(AnsiTransactionManager::rollback_transaction(&mut *self.0).await?)
    }
}
