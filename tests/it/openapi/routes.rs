//! The routes of the document and those of the service are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tests::TestServer;
use tests::fixture::READ_KEY;

use super::{Document, path_with_examples, server_with_examples};

/// The methods of each path of the document.
fn documented(document: &Document) -> BTreeMap<String, BTreeSet<String>> {
    let mut methods: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (path, method, _) in document.operations() {
        methods
            .entry(path.to_owned())
            .or_default()
            .insert(method.to_uppercase());
    }
    methods
}

/// The paths under `/v1` that the facade's source routes: a running router does not list them.
fn routed(directory: &Path) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            paths.extend(routed(&path));
        } else if path.file_name().is_some_and(|name| name == "routes.rs") {
            let source = std::fs::read_to_string(&path).unwrap();
            let quoted = source.split('"').skip(1).step_by(2);
            paths.extend(quoted.filter(|text| text.starts_with("/v1/")).map(str::to_owned));
        }
    }
    paths
}

#[tokio::test(flavor = "multi_thread")]
async fn every_documented_operation_exists() {
    let document = Document::of(&TestServer::start().await).await;
    let server = server_with_examples(&document).await;
    for (path, method, operation) in document.operations() {
        let path = path_with_examples(&document, path, operation);
        // Without a key's right to write, nothing is deleted that another operation names.
        let answer = server
            .rest_as(READ_KEY)
            .send(&method.to_uppercase(), &path, "{}")
            .await;
        assert!(
            ![404, 405].contains(&answer.status.as_u16()),
            "{method} {path} {}",
            answer.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_is_documented_with_all_its_methods() {
    let server = TestServer::start().await;
    let document = Document::of(&server).await;
    let documented = documented(&document);
    let facade = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/rest/src");
    let routed = routed(&facade);
    assert!(
        routed.len() >= 3,
        "the routes are written in another way: {routed:?}"
    );
    for path in &routed {
        assert!(documented.contains_key(path), "{path} is not documented");
    }
    for (path, mut methods) in documented.clone() {
        // `/v1/users/me` is no route of its own but a user.
        let (parent, _) = path.rsplit_once('/').unwrap();
        let sibling = documented.iter().find(|(other, _)| {
            !routed.contains(&path)
                && other.ends_with('}')
                && other.rsplit_once('/').is_some_and(|(start, _)| start == parent)
        });
        methods.extend(sibling.into_iter().flat_map(|(_, methods)| methods.clone()));
        // No route has this method, so the answer lists those it has.
        let answer = server
            .rest()
            .send("BREW", &path.replace(['{', '}'], ""), "")
            .await;
        assert_eq!(answer.status, 405, "{path}");
        let allowed = answer
            .header("allow")
            .split(',')
            .map(|method| method.trim().to_owned());
        // GET brings HEAD along.
        let allowed: BTreeSet<_> = allowed.filter(|method| method != "HEAD").collect();
        assert_eq!(allowed, methods, "{path}");
    }
}
