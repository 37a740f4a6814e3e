//! The rules, in words.

use serde::{Deserialize, Serialize};

/// The rules: each with its name, what is wrong where it is broken, and what to do.
macro_rules! rules {
    ($($(#[$doc:meta])* $Rule:ident: $problem:literal, $remedy:literal;)+) => {
        /// A rule that a database is checked against.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Rule {
            $($(#[$doc])* $Rule,)+
        }

        impl Rule {
            /// What is wrong where it is broken.
            #[must_use]
            pub fn problem(self) -> &'static str {
                match self {
                    $(Self::$Rule => $problem,)+
                }
            }

            /// What to do about it.
            #[must_use]
            pub fn remedy(self) -> &'static str {
                match self {
                    $(Self::$Rule => $remedy,)+
                }
            }
        }
    };
}

rules! {
    /// Of the schema.
    ConstraintNotValid: "the constraint was never compared with the rows that were there before it",
        "repair the rows that break it, then ALTER TABLE ... VALIDATE CONSTRAINT ...";
    /// Of the schema.
    IndexNotValid: "the index is incomplete, so it neither finds nor refuses what it should",
        "REINDEX INDEX CONCURRENTLY ...";
    /// Of the schema.
    TriggerDisabled: "the triggers that hold foreign keys are switched off",
        "ALTER TABLE ... ENABLE TRIGGER ALL, then check again: rows may refer to nothing";
    /// Of the schema.
    RowSecurityDisabled: "row-level security is switched off, so one workspace's queries could reach another's rows",
        "ALTER TABLE ... ENABLE ROW LEVEL SECURITY";
    /// Of rows and the ids in them.
    DanglingReference: "it refers to a row that does not exist",
        "restore what it refers to from a backup, or delete the row";
    /// Of workspaces.
    NoDefinitionVersion: "the workspace has no version of its definitions, so nothing in it can be read",
        "INSERT INTO definition_versions (workspace_id) VALUES ('...')";
    /// Of whatever the program reads.
    Unreadable: "it holds what the program cannot have stored and does not read, so calls that show it fail",
        "restore the row from a backup, or correct the column";
    /// Of columns that are made from others.
    DerivedColumn: "it is not what the columns that it is made from give, so searches miss the row or show something else",
        "change the column that it is made from, through the API, and change it back";
    /// Of custom values.
    ValueWithoutField: "a value is kept for a custom field that the record does not have there; it is not shown",
        "remove that key from the document, or restore the field from a backup";
    /// Of custom values.
    ValueInWrongPlace: "a link is kept in the document and not as a row, so it is not shown",
        "remove that key from the document and give the value anew through the API";
    /// Of custom values.
    UnknownOption: "a value names an option that its field does not have; it is not shown",
        "give the value anew through the API, or restore the option from a backup";
    /// Of links in custom fields.
    LinkWithoutField: "a link is kept for a custom field that the record does not have there; it is not shown",
        "delete the row, or restore the field from a backup";
    /// Of links in custom fields.
    LinkToOtherKind: "a link leads to an object of another kind than its field takes",
        "give the value anew through the API";
    /// Of objects.
    OtherGroup: "the object, its kind and those who take part in it are not of one group",
        "restore the object from a backup, or delete it";
    /// Of lists.
    PositionTaken: "two entries of one list have the same position, so their order is not certain",
        "give the list anew through the API";
    /// Of counters.
    InteractionCount: "the counted interactions are not those that were logged",
        "set count and last_at to count(*) and max(occurred_at) of the table interactions";
    /// Of the change log.
    NoCreateEntry: "the change log does not tell that the record was made, so followers do not know of it",
        "tell those who follow the log to read the record; find out what wrote past the program";
    /// Of the change log.
    VersionUnlikeLog: "the version is not that of the changes which the log tells of, or one tells nothing of what changed",
        "tell those who follow the log to read the record; find out what wrote past the program";
    /// Of the change log.
    UpdatedUnlikeLog: "the time of the last change is not that of the last entry in the log",
        "tell those who follow the log to read the record; find out what wrote past the program";
    /// Of the change log.
    GoneWithoutDelete: "the record is gone, and the change log does not tell that it was deleted",
        "restore the record from a backup, or tell those who follow the log; find out what deleted past the program";
    /// Of the change log.
    ToldAfterDelete: "the record was deleted, and the change log still tells what was in it, or that it changed since",
        "UPDATE changes SET payload = NULL for the record, or delete it through the API if it is there";
    /// Of remembered requests.
    AnswerShowsDeleted: "an answer that is kept for a repeated request may show a record that was deleted",
        "UPDATE remembered_requests SET answer = NULL for the user's requests with that record";
}
