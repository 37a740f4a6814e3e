//! Migrations are compiled in; cargo does not see by itself when one changes.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
