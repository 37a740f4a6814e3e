//! What the source itself promises.

use std::path::{Path, PathBuf};

/// The manifests of all packages of the repository.
fn manifests() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let crates = std::fs::read_dir(root.join("crates")).unwrap();
    let crates = crates.map(|entry| entry.unwrap().path());
    let packages = crates.chain([root.join("tests"), root.join("fuzz")]);
    packages.map(|package| package.join("Cargo.toml")).collect()
}

/// A table of a manifest: the lines below its head.
fn table<'a>(manifest: &'a str, head: &str) -> Vec<&'a str> {
    let lines = manifest.lines().skip_while(|line| *line != head).skip(1);
    lines.take_while(|line| !line.starts_with('[')).collect()
}

#[test]
fn unsafe_code_is_forbidden_in_every_package() {
    let forbid = "unsafe_code = \"forbid\"";
    let root = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml")).unwrap();
    assert!(table(&root, "[workspace.lints.rust]").contains(&forbid));
    let manifests = manifests();
    assert!(manifests.len() >= 8, "{manifests:?}");
    for path in manifests {
        let manifest = std::fs::read_to_string(&path).unwrap();
        let of_the_workspace = table(&manifest, "[lints]").contains(&"workspace = true");
        let own = table(&manifest, "[lints.rust]").contains(&forbid);
        assert!(of_the_workspace || own, "{} allows unsafe code", path.display());
    }
}
