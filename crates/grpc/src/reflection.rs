//! What a client can learn that has no .proto file.

use tonic_reflection::server::{Builder, Error, v1, v1alpha};

/// The descriptors of everything that is served, and of the error details, which no method names.
fn descriptors() -> Builder<'static> {
    Builder::configure()
        .register_encoded_file_descriptor_set(proto::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
}

/// The reflection service in its present version.
pub(crate) fn present() -> Result<v1::ServerReflectionServer<impl v1::ServerReflection>, Error> {
    descriptors().build_v1()
}

/// The reflection service in the version that older clients ask for.
pub(crate) fn former() -> Result<v1alpha::ServerReflectionServer<impl v1alpha::ServerReflection>, Error> {
    descriptors().build_v1alpha()
}
