//! Which source wins, what is refused, and what is shown.

#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

use std::ffi::OsString;

use server::config::{Config, Error, Flags, Problem, Source, as_json, as_text};

const PASSWORD: &str = "hunter2hunter2hunter2";

fn environment(pairs: &[(&str, &str)]) -> Vec<(OsString, OsString)> {
    [("HOME", "/home/ann")]
        .iter()
        .chain(pairs)
        .map(|(name, value)| (name.into(), value.into()))
        .collect()
}

fn file(content: &str) -> (tempfile::NamedTempFile, Flags) {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), content).unwrap();
    let flags = Flags {
        config: Some(file.path().to_owned()),
        ..Flags::default()
    };
    (file, flags)
}

fn refusal(flags: &Flags, pairs: &[(&str, &str)]) -> Error {
    Config::resolve(flags, environment(pairs)).unwrap_err()
}

#[test]
fn a_flag_beats_the_environment_beats_the_file_beats_the_default() {
    let (_file, mut flags) = file("rate_limit = 1\n");
    let limit = |flags: &Flags, pairs: &[(&str, &str)]| {
        let config = Config::resolve(flags, environment(pairs)).unwrap();
        let source = config
            .in_force()
            .iter()
            .find(|setting| setting.key == "rate_limit")
            .unwrap()
            .source
            .clone();
        (config.requests.rate_limit, source)
    };
    assert_eq!(limit(&Flags::default(), &[]), (600, Source::Default));
    assert_eq!(
        limit(&flags, &[]),
        (1, Source::File(flags.config.clone().unwrap()))
    );
    let set = [("PEOPLE_RATE_LIMIT", "2")];
    assert_eq!(limit(&flags, &set), (2, Source::Variable("PEOPLE_RATE_LIMIT")));
    flags.rate_limit = Some("3".to_owned());
    assert_eq!(limit(&flags, &set), (3, Source::Flag("--rate-limit".to_owned())));
}

#[test]
fn the_environment_may_name_the_file() {
    let (file, _) = file("docs = false\n");
    let path = file.path().to_str().unwrap();
    let config = Config::resolve(&Flags::default(), environment(&[("PEOPLE_CONFIG", path)])).unwrap();
    assert!(!config.listen.docs);
}

#[test]
fn unknown_names_are_refused_with_the_nearest_known_one() {
    let (_file, flags) = file("rest_adr = \"127.0.0.1:1\"\n");
    let text = refusal(
        &flags,
        &[("PEOPLE_REST_ADRR", "127.0.0.1:1"), ("PEOPLE_TEST_ANYTHING", "1")],
    )
    .to_string();
    assert!(text.contains(
        "unknown environment variable PEOPLE_REST_ADRR, the nearest known one is PEOPLE_REST_ADDR"
    ));
    assert!(
        text.contains("unknown key rest_adr in") && text.contains("nearest known one is rest_addr"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 2, "{text}");
}

#[test]
fn a_bad_value_is_told_with_its_source_and_the_form_expected_all_at_once() {
    let (_file, mut flags) = file("migrate = \"perhaps\"\nbody_limit = [1]\n");
    flags.db_pool_size = Some("0".to_owned());
    let error = refusal(&flags, &[("PEOPLE_GRPC_ADDR", "localhost")]);
    let text = error.to_string();
    assert_eq!(error.problems.len(), 4, "{text}");
    for expected in [
        "setting grpc_addr (environment PEOPLE_GRPC_ADDR) is \"localhost\", expected an IP address and a port",
        "setting db_pool_size (flag --db-pool-size) is \"0\", expected a whole number, 1 or more",
        "is \"perhaps\", expected true or false",
        "setting body_limit (file",
    ] {
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn an_empty_database_url_does_not_mean_the_embedded_database() {
    let error = refusal(&Flags::default(), &[("DATABASE_URL", "")]);
    assert_eq!(
        error.problems,
        [Problem::EmptyVariable {
            name: "DATABASE_URL".to_owned()
        }]
    );
}

#[test]
fn secrets_are_shown_nowhere() {
    let url = format!("postgres://ann:{PASSWORD}@db/crm");
    let pairs = [("DATABASE_URL", url.as_str()), ("PEOPLE_DEMO_API_KEY", PASSWORD)];
    let config = Config::resolve(&Flags::default(), environment(&pairs)).unwrap();
    let shown = [
        as_text(config.in_force()),
        as_json(config.in_force()).to_string(),
        format!("{config:?}"),
    ];
    for text in shown {
        assert!(
            text.contains("postgres://ann:***@db") && !text.contains(PASSWORD),
            "{text}"
        );
    }

    let wrong = [
        ("DATABASE_URL", "postgres:/hunter2hunter2hunter2@db"),
        ("PEOPLE_DEMO_API_KEY", "hunter2"),
    ];
    assert!(!refusal(&Flags::default(), &wrong).to_string().contains("hunter2"));
    let (_file, flags) = file("database_url = \"hunter2\n");
    let text = refusal(&flags, &[]).to_string();
    assert!(text.contains("line 1") && !text.contains("hunter2"), "{text}");
}

#[test]
fn the_public_url_has_no_last_slash() {
    let url = |pairs: &[(&str, &str)]| {
        let config = Config::resolve(&Flags::default(), environment(pairs)).unwrap();
        config.listen.public_url.map(|url| url.as_str().to_owned())
    };
    assert_eq!(url(&[]), None);
    assert_eq!(
        url(&[("PEOPLE_PUBLIC_URL", "https://crm.example.com/")]).as_deref(),
        Some("https://crm.example.com")
    );
}

#[test]
fn without_a_home_only_who_needs_the_data_directory_is_refused() {
    let environment = || [("DATABASE_URL".into(), "postgres://db/crm".into())];
    let config = Config::resolve(&Flags::default(), environment()).unwrap();
    assert_eq!(config.data_dir().is_ok(), nix::unistd::Uid::effective().is_root());
}
