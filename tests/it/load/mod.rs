//! More load than there is room for, and load for long. The suite runs short forms of both; `docs/reliability.md` says how
//! figures are had. Nothing here depends on how fast the machine is.

mod overload;
mod soak;

/// Memory may grow by so much under load: buffers, caches, connections.
const SOME: u64 = 256 * 1024 * 1024;

#[expect(
    clippy::print_stderr,
    reason = "figures are for whoever runs this for figures"
)]
fn tell(figures: &str) {
    eprintln!("{figures}");
}
