//! The program `people`.

fn main() {}
