//! The options of a select field as a request says they are to be.

use std::collections::HashSet;

use crate::text::check_entries;
use crate::{Name, OptionId, Path, Problem, SelectOption, SelectOptions, Violations};

/// The most options that a field may have.
const MAX_OPTIONS: usize = 1000;

/// Colours that can be told apart, in the order in which they are chosen.
const COLORS: [&str; 12] = [
    "#2563eb", "#d97706", "#16a34a", "#dc2626", "#7c3aed", "#0891b2", "#db2777", "#65a30d", "#4f46e5",
    "#ea580c", "#0d9488", "#64748b",
];

/// An option as a request says it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawSelectOption {
    /// The label.
    pub label: String,
    /// The colour; empty to have one chosen.
    pub color: String,
    /// The present label of the option that is to be called so; empty for none.
    pub former_label: String,
}

/// One option of a list that is to be the whole list of a field's options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionDraft {
    /// Where in the list it stands.
    index: usize,
    label: Name<255>,
    color: Option<String>,
    former_label: Option<String>,
}

/// What is to become of a field's options.
#[derive(Debug, Clone)]
pub struct OptionsChange {
    /// The options as they are to be.
    pub options: SelectOptions,
    /// Those that are no more.
    pub removed: Vec<SelectOption>,
}

/// Reads the options of a request, with the fields `label`, `color` and `former_label` below each entry of `path`;
/// reports everything that is wrong.
pub(crate) fn read_options(
    raw: Vec<RawSelectOption>,
    path: &Path<'_>,
    violations: &mut Violations,
) -> Vec<OptionDraft> {
    check_entries(raw.len(), MAX_OPTIONS, path, violations);
    let mut labels = HashSet::new();
    let mut kept = Vec::new();
    for (index, raw) in raw.into_iter().enumerate() {
        let RawSelectOption {
            label,
            color,
            former_label,
        } = raw;
        let path = path.index(index);
        let label = Name::<255>::parse(label, &path.field("label"), violations);
        let color = read_color(color, &path.field("color"), violations);
        let Some(label) = label else { continue };
        if !labels.insert(label.as_str().to_owned()) {
            violations.custom(&path.field("label"), "another option of the field has this label");
        }
        kept.push(OptionDraft {
            index,
            label,
            color,
            former_label: (!former_label.is_empty()).then_some(former_label),
        });
    }
    kept
}

fn read_color(color: String, path: &Path<'_>, violations: &mut Violations) -> Option<String> {
    if color.is_empty() {
        return None;
    }
    let digits = color.strip_prefix('#');
    if digits.is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        return Some(color);
    }
    let problem = Problem::InvalidString { validation: "color" };
    violations.add(
        path,
        problem,
        "a colour has the form #rrggbb; leave it out to have one chosen",
    );
    None
}

impl OptionsChange {
    /// What these drafts, read from the entries of `path`, make of the options that a field has. An option lives on
    /// under the draft that names its label as the former one, or else under the one that has its label. Former labels
    /// stay until another option takes them.
    pub fn decide(
        present: &SelectOptions,
        drafts: &[OptionDraft],
        mut new_id: impl FnMut() -> OptionId,
        path: &Path<'_>,
        violations: &mut Violations,
    ) -> Self {
        let renamed = renamed(present, drafts, path, violations);
        let taken: HashSet<OptionId> = renamed.iter().flatten().map(|option| option.id).collect();
        let labels: HashSet<&str> = drafts.iter().map(|draft| draft.label.as_str()).collect();
        let mut kept = HashSet::new();
        let mut options = Vec::with_capacity(drafts.len());
        for (draft, renamed) in drafts.iter().zip(renamed) {
            let unchanged =
                || called(present, draft.label.as_str()).filter(|option| !taken.contains(&option.id));
            let before = renamed.or_else(unchanged);
            kept.extend(before.map(|option| option.id));
            options.push(draft.option(before, &labels, &mut new_id));
        }
        choose_colors(&mut options);
        let removed = present
            .as_slice()
            .iter()
            .filter(|option| !kept.contains(&option.id));
        Self {
            removed: removed.cloned().collect(),
            options: SelectOptions::new(options),
        }
    }
}

/// For each draft the option that it renames.
fn renamed<'a>(
    present: &'a SelectOptions,
    drafts: &[OptionDraft],
    path: &Path<'_>,
    violations: &mut Violations,
) -> Vec<Option<&'a SelectOption>> {
    let mut seen = HashSet::new();
    let mut renamed = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let path = path.index(draft.index);
        let path = path.field("former_label");
        let option = draft.former_label.as_ref().and_then(|label| {
            let option = called(present, label);
            if option.is_none() {
                let options = present.labels();
                let message = format!(
                    "no option has this label now; those of the field are: {}",
                    options.join(", ")
                );
                violations.add(&path, Problem::InvalidEnumValue { options }, message);
            }
            option
        });
        if option.is_some_and(|option| !seen.insert(option.id)) {
            violations.custom(&path, "another entry renames this option already");
        }
        renamed.push(option);
    }
    renamed
}

/// The option whose label this is now.
fn called<'a>(options: &'a SelectOptions, label: &str) -> Option<&'a SelectOption> {
    match options.find(label) {
        Some((option, false)) => Some(option),
        Some((_, true)) | None => None,
    }
}

impl OptionDraft {
    /// The option that the draft makes of the one before, or anew.
    fn option(
        &self,
        before: Option<&SelectOption>,
        labels: &HashSet<&str>,
        new_id: &mut impl FnMut() -> OptionId,
    ) -> SelectOption {
        let label = self.label.as_str().to_owned();
        let Some(before) = before else {
            return SelectOption {
                id: new_id(),
                label,
                color: self.color.clone().unwrap_or_default(),
                former_labels: Vec::new(),
            };
        };
        let mut former_labels = before.former_labels.clone();
        former_labels.push(before.label.clone());
        former_labels.retain(|former| !labels.contains(former.as_str()));
        SelectOption {
            id: before.id,
            label,
            color: self.color.clone().unwrap_or_else(|| before.color.clone()),
            former_labels,
        }
    }
}

/// Gives those without a colour the first ones that no other option has, as far as there are enough.
fn choose_colors(options: &mut [SelectOption]) {
    let used: HashSet<String> = options.iter().map(|option| option.color.to_lowercase()).collect();
    let mut free = COLORS.iter().filter(|color| !used.contains(**color));
    let mut again = COLORS.iter().cycle();
    for option in options.iter_mut().filter(|option| option.color.is_empty()) {
        let color = free.next().or_else(|| again.next());
        option.color = color.map(|color| (*color).to_owned()).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn raw(label: &str, color: &str, former_label: &str) -> RawSelectOption {
        RawSelectOption {
            label: label.to_owned(),
            color: color.to_owned(),
            former_label: former_label.to_owned(),
        }
    }

    /// The change to these options, each a label and a former one; or the places of what is wrong.
    fn change(present: &SelectOptions, wanted: &[(&str, &str)]) -> Result<OptionsChange, Vec<String>> {
        let mut violations = Violations::default();
        let path = Path::root("options");
        let raw = wanted
            .iter()
            .map(|(label, former)| raw(label, "", former))
            .collect();
        let drafts = read_options(raw, &path, &mut violations);
        let mut next = 100;
        let new_id = || {
            next += 1;
            OptionId::new(Uuid::from_u128(next))
        };
        let change = OptionsChange::decide(present, &drafts, new_id, &path, &mut violations);
        if violations.is_empty() {
            return Ok(change);
        }
        let place = |one: &crate::Violation| format!("{:?}", &one.path[1..]);
        Err(violations.kept().iter().map(place).collect())
    }

    fn present() -> SelectOptions {
        let option = |(id, label, former): (u128, &str, &[&str])| SelectOption {
            id: OptionId::new(Uuid::from_u128(id)),
            label: label.to_owned(),
            color: format!("#00000{id}"),
            former_labels: former.iter().map(|label| (*label).to_owned()).collect(),
        };
        let options: [(u128, &str, &[&str]); 3] = [(1, "A", &["Alpha"]), (2, "B", &[]), (3, "C", &[])];
        SelectOptions::new(options.into_iter().map(option).collect())
    }

    /// Each option as its id, label and former labels.
    fn shown(change: &OptionsChange) -> Vec<(u128, &str, Vec<&str>)> {
        let options = change.options.as_slice().iter();
        options
            .map(|option| {
                let former = option.former_labels.iter().map(String::as_str).collect();
                (option.id.uuid().as_u128(), option.label.as_str(), former)
            })
            .collect()
    }

    fn removed(change: &OptionsChange) -> Vec<&str> {
        change
            .removed
            .iter()
            .map(|option| option.label.as_str())
            .collect()
    }

    #[test]
    fn options_are_kept_by_label_in_their_new_order_and_the_rest_goes() {
        let present = present();
        let change = change(&present, &[("C", ""), ("New", ""), ("A", "")]).unwrap();
        assert_eq!(
            shown(&change),
            [(3, "C", vec![]), (101, "New", vec![]), (1, "A", vec!["Alpha"])]
        );
        assert_eq!(removed(&change), ["B"]);
        let colors: Vec<_> = change
            .options
            .as_slice()
            .iter()
            .map(|option| option.color.as_str())
            .collect();
        assert_eq!(colors, ["#000003", COLORS[0], "#000001"]);
    }

    #[test]
    fn a_renamed_option_keeps_its_former_labels() {
        let present = present();
        let renamed = change(&present, &[("First", "A"), ("B", ""), ("C", "")]).unwrap();
        assert_eq!(shown(&renamed)[0], (1, "First", vec!["Alpha", "A"]));
        let back = change(&renamed.options, &[("A", "First"), ("B", ""), ("C", "")]).unwrap();
        assert_eq!(shown(&back)[0], (1, "A", vec!["Alpha", "First"]));
    }

    #[test]
    fn a_label_that_another_option_takes_is_no_former_one_any_more() {
        let present = present();
        let swapped = change(&present, &[("B", "A"), ("A", "B"), ("C", "")]).unwrap();
        assert_eq!(
            shown(&swapped),
            [(1, "B", vec!["Alpha"]), (2, "A", vec![]), (3, "C", vec![])]
        );
        let replaced = change(&present, &[("X", "A"), ("A", ""), ("Alpha", "")]).unwrap();
        assert_eq!(
            shown(&replaced),
            [(1, "X", vec![]), (101, "A", vec![]), (102, "Alpha", vec![])]
        );
        assert_eq!(removed(&replaced), ["B", "C"]);
    }

    #[test]
    fn a_former_label_names_one_option_of_now_once() {
        let present = present();
        for former in ["Nobody", "Alpha"] {
            let wrong = change(&present, &[("X", former)]).unwrap_err();
            assert_eq!(wrong, [r#"[Index(0), Field("former_label")]"#]);
        }
        let wrong = change(&present, &[("X", "A"), ("Y", "A")]).unwrap_err();
        assert_eq!(wrong, [r#"[Index(1), Field("former_label")]"#]);
    }

    #[test]
    fn labels_are_not_blank_and_not_twice_and_colours_have_six_digits() {
        let mut violations = Violations::default();
        let long = "x".repeat(256);
        let raw = [
            ("A", "#a1B2c3"),
            (" A ", ""),
            ("", "red"),
            (&long, "#12345"),
            ("D", "#12345g"),
        ];
        let raw = raw.map(|(label, color)| raw_of(label, color)).to_vec();
        read_options(raw, &Path::root("options"), &mut violations);
        let places: Vec<_> = violations
            .kept()
            .iter()
            .map(|one| format!("{:?}", &one.path[1..]))
            .collect();
        assert_eq!(
            places,
            [
                r#"[Index(1), Field("label")]"#,
                r#"[Index(2), Field("label")]"#,
                r#"[Index(2), Field("color")]"#,
                r#"[Index(3), Field("label")]"#,
                r#"[Index(3), Field("color")]"#,
                r#"[Index(4), Field("color")]"#,
            ]
        );
    }

    fn raw_of(label: &str, color: &str) -> RawSelectOption {
        raw(label, color, "")
    }

    #[test]
    fn a_field_has_a_thousand_options() {
        for (count, wrong) in [(1000, 0), (1001, 1)] {
            let mut violations = Violations::default();
            let raw = (0..count)
                .map(|number: i32| raw(&number.to_string(), "", ""))
                .collect();
            let drafts = read_options(raw, &Path::root("options"), &mut violations);
            assert_eq!(violations.total(), wrong);
            assert_eq!(drafts.len(), usize::try_from(count).unwrap());
        }
    }
}
