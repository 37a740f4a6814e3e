//! How well the caches do: what is asked of them, and what they have to look up.

/// The figure of questions to a cache, by cache.
pub const CACHE_REQUESTS: &str = "people_cache_requests_total";
/// The figure of those that went on to the database. Concurrent questions share one.
pub const CACHE_MISSES: &str = "people_cache_misses_total";

/// The caches.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cache {
    ApiKeys,
    Definitions,
}

impl Cache {
    const fn name(self) -> &'static str {
        match self {
            Self::ApiKeys => "api_keys",
            Self::Definitions => "definitions",
        }
    }

    pub(crate) fn asked(self) {
        metrics::counter!(CACHE_REQUESTS, "cache" => self.name()).increment(1);
    }

    pub(crate) fn missed(self) {
        metrics::counter!(CACHE_MISSES, "cache" => self.name()).increment(1);
    }
}
