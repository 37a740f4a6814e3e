//! What the edge knows of the API's methods.

use std::collections::HashMap;
use std::sync::Arc;

use prost::{DecodeError, Message as _};
use prost_types::FileDescriptorSet;

use super::{batches, detached};

/// A method of the API.
#[derive(Debug)]
pub(crate) struct Method {
    /// As logs and figures name it: `PeopleService/GetPerson`.
    pub(super) name: String,
    /// As traces name it: `grpc.PeopleService/GetPerson`.
    pub(super) traced_name: String,
    /// Whether it changes nothing.
    pub(super) only_reads: bool,
    /// Whether it works on many records.
    pub(super) is_batch: bool,
}

/// The methods of the API by path. Clones share them.
#[derive(Debug, Clone)]
pub(crate) struct Methods(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    known: HashMap<String, Method>,
    /// Callers choose their paths, so no log shows an unknown one.
    unknown: Method,
}

impl Methods {
    /// Reads them from the API's own descriptors.
    ///
    /// # Errors
    /// These are no descriptors.
    pub(crate) fn read() -> Result<Self, DecodeError> {
        let mut known = HashMap::new();
        for file in FileDescriptorSet::decode(proto::FILE_DESCRIPTOR_SET)?.file {
            for service in &file.service {
                for method in &service.method {
                    let path = format!("/{}.{}/{}", file.package(), service.name(), method.name());
                    let name = format!("{}/{}", service.name(), method.name());
                    known.insert(path, Method::new(name, method.name()));
                }
            }
        }
        // It does nothing at all.
        let unknown = Method::new("unknown".to_owned(), "Get");
        Ok(Self(Arc::new(Shared { known, unknown })))
    }

    /// The method with this path.
    pub(super) fn at(&self, path: &str) -> &Method {
        self.0.known.get(path).unwrap_or(&self.0.unknown)
    }
}

impl Method {
    fn new(name: String, verb: &str) -> Self {
        Self {
            traced_name: format!("grpc.{name}"),
            name,
            only_reads: detached::only_reads(verb),
            is_batch: batches::is_batch(verb),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_methods_of_the_api_are_known() {
        let methods = Methods::read().unwrap();
        for (path, name, only_reads, is_batch) in [
            (
                "/people.v1.PeopleService/GetPerson",
                "PeopleService/GetPerson",
                true,
                false,
            ),
            (
                "/people.v1.PeopleService/BatchGetPeople",
                "PeopleService/BatchGetPeople",
                true,
                true,
            ),
            (
                "/people.v1.PeopleService/BatchCreatePeople",
                "PeopleService/BatchCreatePeople",
                false,
                true,
            ),
            (
                "/people.v1.AdminService/CreateUser",
                "AdminService/CreateUser",
                false,
                false,
            ),
            (
                "/people.v1.PeopleService/john@example.com",
                "unknown",
                true,
                false,
            ),
        ] {
            let method = methods.at(path);
            assert_eq!(method.name, name);
            assert_eq!(method.traced_name, format!("grpc.{name}"));
            assert_eq!(
                (method.only_reads, method.is_batch),
                (only_reads, is_batch),
                "{path}"
            );
        }
    }
}
