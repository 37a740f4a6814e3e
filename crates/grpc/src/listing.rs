//! Listing records that a filter wants, a page at a time: what all kinds of records share.

use domain::{Definitions, Deprecations, Filter, FilterFields, Judging, Path, Violations};
use persistence::{Loaded, Page, Reach, Wanted};

use crate::attempts::{Again, Attempt};
use crate::filter::raw_filter;
use crate::pages::List;

/// A page that is asked for.
pub(crate) struct Listing<'a> {
    list: List<'a>,
    page: Page,
    filter: Filter,
    deprecations: Deprecations,
}

/// A page that was found.
pub(crate) struct Listed<View> {
    /// Its records.
    pub(crate) views: Vec<View>,
    /// What leads to the next page; empty on the last.
    pub(crate) next_page_token: String,
    /// What the request addressed by former names.
    pub(crate) deprecations: Deprecations,
}

impl<'a> Listing<'a> {
    /// Reads what a request asks for.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(crate) fn read(
        name: &'a str,
        fields: &FilterFields<'_>,
        definitions: &'a Definitions,
        (page_size, page_token, filter): (i32, &str, Option<proto::v1::Filter>),
    ) -> Result<Self, Violations> {
        let mut violations = Violations::default();
        let mut deprecations = Deprecations::default();
        let list = List { name, definitions };
        let page = list.page(page_size, page_token, &mut violations);
        let path = Path::root("filter");
        let raw = raw_filter(filter, &path, &mut violations);
        let mut judging = Judging {
            definitions,
            deprecations: &mut deprecations,
            violations: &mut violations,
        };
        let filter = Filter::read(raw, fields, &path, &mut judging);
        if violations.is_empty() {
            Ok(Self {
                list,
                page,
                filter,
                deprecations,
            })
        } else {
            Err(violations)
        }
    }

    /// The page to look for.
    pub(crate) fn wanted(&self, reach: Reach) -> Wanted<'_> {
        Wanted {
            reach,
            filter: &self.filter,
            page: self.page,
        }
    }

    /// The page of what was found.
    pub(crate) fn finish<View>(self, found: persistence::Listed<View>) -> Attempt<Listed<View>> {
        let persistence::Listed { loaded, next } = found;
        match loaded {
            Loaded::Stale => Attempt::Again(Again::Stale),
            Loaded::Found(views) => Attempt::Done(Listed {
                views,
                next_page_token: next.map(|last| self.list.token(last)).unwrap_or_default(),
                deprecations: self.deprecations,
            }),
        }
    }
}
