//! Lists in pages: `limit` and `cursor` on the way in, items and the link to the next page on the way out.

mod answer;
mod limit;
mod page;

pub(crate) use answer::{NextLink, page_answer};
pub(crate) use page::Page;
