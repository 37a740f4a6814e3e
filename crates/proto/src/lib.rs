//! The generated code of `proto/`: change the API there. By hand there is only how calls come from one side to the other:
//! who calls a service holds its generated trait, and [`Remote`] or [`InProcess`] behind that.

mod codec;
mod in_process;
mod remote;

pub use in_process::{Edge, InProcess};
pub use remote::{Channel, Remote};

/// The package `people.v1`.
#[expect(
    clippy::all,
    clippy::pedantic,
    clippy::allow_attributes,
    missing_docs,
    unused_qualifications,
    reason = "generated code"
)]
pub mod v1 {
    tonic::include_proto!("people.v1");
}

/// Every message and service of the API as an encoded `google.protobuf.FileDescriptorSet`, for server reflection.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.binpb"));
