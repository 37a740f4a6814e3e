//! Turns the list of settings into the structs, the flags and the descriptions.

/// See `settings.rs` for the form. A section has one line of documentation. An entry is: documentation, the field in its struct with its type, the key
/// (in the file as it stands, as a flag with hyphens), the environment variable, the default.
macro_rules! settings {
    ($(
        #[doc = $section_doc:literal]
        $section:ident: $Section:ident {
            $(
                $(#[doc = $doc:literal])+
                $field:ident: $type:ty = $key:ident, $variable:literal, $default:expr;
            )+
        }
    )+) => {
        $(
            #[doc = $section_doc]
            #[derive(Debug, Clone, PartialEq, Eq)]
            pub struct $Section {
                $( $(#[doc = $doc])+ pub $field: $type, )+
            }
        )+

        /// Everything in force.
        #[derive(Debug, Clone)]
        pub struct Config {
            $( #[doc = $section_doc]
            pub $section: $Section, )+
            in_force: Vec<InForce>,
        }

        /// The flags of all settings, to be flattened into the command line.
        #[derive(Clone, Default, clap::Args)]
        #[command(next_help_heading = "Settings")]
        pub struct Flags {
            /// A TOML file with settings; config.default.toml lists them all [env: PEOPLE_CONFIG]
            #[arg(long, global = true, value_name = "FILE")]
            pub config: Option<std::path::PathBuf>,
            $($(
                $(#[doc = $doc])+
                #[arg(
                    long, global = true, value_name = "VALUE",
                    help = SettingInfo::help(&[$($doc),+], $variable, &$default)
                )]
                pub $key: Option<String>,
            )+)+
        }

        impl Flags {
            /// The flags that were given, by key.
            pub(super) fn given(&self) -> impl Iterator<Item = (&'static str, &str)> {
                [$($( (stringify!($key), self.$key.as_deref()), )+)+]
                    .into_iter()
                    .filter_map(|(key, value)| Some((key, value?)))
            }
        }

        /// All settings, in the order in which they are shown.
        pub(super) static SETTINGS: &[SettingInfo] = &[$($(
            SettingInfo {
                key: stringify!($key),
                variable: $variable,
                section: $section_doc,
                doc: &[$($doc),+],
                default: $default,
                show: <$type as Slot>::show,
                form: <$type as Slot>::FORM,
            },
        )+)+];

        impl Config {
            /// Parses what `layers` hold; `None` if any of it is wrong, which is then in `problems`.
            pub(super) fn assemble(layers: &Layers, problems: &mut Vec<Problem>) -> Option<Self> {
                // All are parsed before any is missed, so that every problem is found.
                $( $( let $key = layers.parse::<$type>(stringify!($key), problems); )+ )+
                Some(Self {
                    $( $section: $Section { $( $field: $key?, )+ }, )+
                    in_force: layers.in_force(),
                })
            }

            /// Every setting with its value and where that came from, secrets masked.
            pub fn in_force(&self) -> &[InForce] {
                &self.in_force
            }
        }
    };
}

pub(super) use settings;
