//! The names of the API's methods, as logs may show them.

use std::collections::HashMap;
use std::sync::Arc;

use prost::{DecodeError, Message as _};
use prost_types::FileDescriptorSet;

/// What every name begins with in traces.
const TRACED: &str = "grpc.";
/// What an unknown path is called. Callers choose their paths, so no log shows them.
const UNKNOWN: &str = "grpc.unknown";

/// The methods of the API by path. Clones share them.
#[derive(Debug, Clone)]
pub(crate) struct Methods(Arc<HashMap<String, String>>);

impl Methods {
    /// Reads them from the API's own descriptors.
    ///
    /// # Errors
    /// These are no descriptors.
    pub(crate) fn read() -> Result<Self, DecodeError> {
        let mut names = HashMap::new();
        for file in FileDescriptorSet::decode(proto::FILE_DESCRIPTOR_SET)?.file {
            for service in &file.service {
                for method in &service.method {
                    let path = format!("/{}.{}/{}", file.package(), service.name(), method.name());
                    names.insert(path, format!("{TRACED}{}/{}", service.name(), method.name()));
                }
            }
        }
        Ok(Self(Arc::new(names)))
    }

    /// As logs and figures name the method, `PeopleService/GetPerson` say, and as traces do: `grpc.PeopleService/GetPerson`.
    pub(super) fn names(&self, path: &str) -> (&str, &str) {
        let traced = self.0.get(path).map_or(UNKNOWN, String::as_str);
        (traced.strip_prefix(TRACED).unwrap_or(traced), traced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_methods_of_the_api_are_named() {
        let methods = Methods::read().unwrap();
        for (path, expected) in [
            ("/people.v1.PeopleService/GetPerson", "PeopleService/GetPerson"),
            ("/people.v1.UsersService/GetUser", "UsersService/GetUser"),
            ("/people.v1.PeopleService/john@example.com", "unknown"),
        ] {
            let traced = format!("grpc.{expected}");
            assert_eq!(methods.names(path), (expected, traced.as_str()));
        }
    }
}
