# Names for what the scripts do; `just` itself is optional. `just` alone lists them.

set positional-arguments

[private]
default:
    @just --list --unsorted

# build and start the service; arguments go to `people serve`
run *arguments:
    scripts/run "$@"

# pass all tests, or those with a word in their name
test *words:
    scripts/test "$@"

# attack a running service with requests made from its OpenAPI document
schemathesis *arguments:
    scripts/schemathesis "$@"

# fuzz all that reads what callers send: for so many seconds each
fuzz *arguments:
    scripts/fuzz "$@"

# build what is deployed: optimised for what it does under load; its path is printed
release:
    scripts/release

# measure the service against what PostgreSQL itself can do
bench *arguments:
    scripts/bench "$@"

# format the code
fmt:
    cargo fmt --all

# see whether it compiles
check:
    cargo check --workspace --all-targets

# clippy; warnings are errors
lint:
    cargo clippy --workspace --all-targets -- --deny warnings

# see whether the crates depend on each other as they may
arrows:
    scripts/check-arrows

# judge the dependencies: bans, licences, sources
deny:
    scripts/deny

# look for known vulnerabilities in the dependencies; needs the internet
advisories:
    scripts/deny advisories

# check proto/: lint, and no change that breaks clients of the released API
proto:
    scripts/proto

# make the present proto/ the released API
release-proto:
    scripts/proto release

# rewrite crates/persistence/src/schema.rs from the migrations
schema:
    scripts/schema

# everything CI does
ci:
    .ci/run
