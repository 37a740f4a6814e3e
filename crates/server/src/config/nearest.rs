//! What somebody who wrote an unknown name probably meant.

/// The known name that takes the fewest edits to reach; known names are never none.
pub(super) fn nearest(name: &str, known: impl Iterator<Item = &'static str>) -> &'static str {
    known
        .min_by_key(|candidate| strsim::damerau_levenshtein(name, candidate))
        .unwrap_or_default()
}
