//! What is written into a link reads as the same filter.

use form_urlencoded::Serializer;
use http::Uri;
use proptest::prelude::*;
use proto::v1::Operator;

use super::{CustomFieldNames, Filter, Operand, Target, read_query};
use crate::json::ShapeIssues;
use crate::query::Query;

fn field() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        any::<String>(),
        "[\\[\\]. %&=+#a]{0,8}",
        Just("][eq".to_owned()),
        Just("a][in][id]".to_owned()),
    ];
    prop_oneof![
        Just("emails".to_owned()),
        Just("jobTitle".to_owned()),
        name.prop_map(|name| format!("customFieldValues.grp_1.{name}")),
    ]
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        any::<String>().prop_map(Target::Text),
        any::<String>().prop_map(Target::Id),
        any::<String>().prop_map(Target::Email),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    let operator = (1..=11_i32).prop_map(|number| Operator::try_from(number).unwrap());
    let condition = (field(), operator, prop::collection::vec(target(), 1..4));
    prop::collection::vec(condition, 0..5).prop_map(|conditions| {
        let mut filter = Filter::default();
        for (field, operator, targets) in conditions {
            let operands = targets.into_iter().map(|target| Operand {
                target,
                place: Vec::new(),
            });
            filter.add(&field, operator, operands.collect());
        }
        filter
    })
}

proptest! {
    #[test]
    fn a_link_reads_as_the_filter_that_it_was_written_from(filter in filter()) {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(filter.to_query());
        let uri: Uri = format!("/v1/people?{}", query.finish()).parse().unwrap();
        let mut issues = ShapeIssues::default();
        let mut query = Query::of(&uri);
        let read = read_query(&mut query, &mut issues);
        query.finish("", &mut issues);
        prop_assert!(issues.is_empty());
        for names in [CustomFieldNames::InGroups, CustomFieldNames::Alone] {
            prop_assert_eq!(read.to_core(names), filter.to_core(names));
        }
    }
}
