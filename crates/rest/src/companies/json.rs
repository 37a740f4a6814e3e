//! Companies as JSON, in and out. A new field of a company has its line in `record` and `output`.

mod employee_range;
mod entries;
mod foundation_year;
mod output;
mod record;
