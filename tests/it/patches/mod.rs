//! Any sequence of patches leaves a person as a simple model of it says.

mod generated;
mod model;

use serde_json::{Value, json};
use tests::fixture::{HR_SERVICES, TECH_CORP};
use tests::{Random, Refused, TestServer, cases};

use self::model::Model;

/// What the model knows of a person as it is shown.
fn known(shown: &Value) -> Value {
    let mut known = shown.clone();
    let fields = known.as_object_mut().unwrap();
    for other in [
        "id",
        "createdAt",
        "createdBy",
        "interactionMetadata",
        "strongestConnection",
    ] {
        fields.remove(other).expect(other);
    }
    known
}

#[tokio::test(flavor = "multi_thread")]
async fn random_patches_through_both_doors_do_what_the_model_does() {
    let mut random = Random::new();
    let server = TestServer::unlimited().await;
    let apis = server.both();
    // Companies that can be named, so that the model knows their ids.
    let made = apis[0]
        .create(&json!({"companies": [{"name": "New One"}, {"name": "Ünïcode"}]}))
        .await
        .unwrap();
    let mut companies = vec![
        json!({"id": TECH_CORP, "name": "Tech Corp"}),
        json!({"id": HR_SERVICES, "name": "HR services"}),
    ];
    companies.extend(made["companies"].as_array().unwrap().clone());

    let (mut changed, mut refused) = (0, 0);
    let people = cases(12);
    for _ in 0..people {
        let person = apis[0].create(&json!({})).await.unwrap();
        let id = person["id"].as_str().unwrap();
        let mut model = Model::new(&companies);
        let mut history = Vec::new();
        for _ in 0..25 {
            let api = random.one(&apis);
            let patch = generated::patch(&mut random, &companies);
            history.push(format!("{} {patch}", api.name()));
            let before = api.etag(id).await;
            let mut next = model.clone();
            let expected = next.apply(&patch);
            let shown = match api.update(id, &patch).await {
                Ok(shown) => {
                    assert_eq!(expected, Ok(()), "{history:#?}");
                    known(&shown)
                }
                Err(told) => {
                    let paths: Vec<_> = told.issues.iter().map(|(path, _)| path.clone()).collect();
                    assert_eq!(Err(paths), expected, "{history:#?}");
                    assert_eq!(told.code, Refused::for_issues(&[]).code);
                    next = model.clone();
                    refused += 1;
                    next.shown()
                }
            };
            assert_eq!(shown, next.shown(), "the answer after {history:#?}");
            // The other door, or the same one.
            let stored = known(&random.one(&apis).get(id).await.unwrap());
            assert_eq!(stored, next.shown(), "what is stored after {history:#?}");
            // Another etag for another person, full names that turn from derived to given included.
            let same = model == next;
            assert_eq!(api.etag(id).await == before, same, "{history:#?}");
            changed += usize::from(!same);
            model = next;
        }
    }
    assert!(
        changed > people * 10 && refused > people,
        "{changed} changes and {refused} refusals"
    );
}
