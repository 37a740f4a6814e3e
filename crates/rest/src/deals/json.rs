//! Deals as JSON, in and out. A new field of a deal has its line in `record` and `output`.

mod output;
mod record;
