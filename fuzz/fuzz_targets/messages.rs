//! What gRPC callers send: any bytes as a message of each call that creates or lists. The first byte says which.
#![no_main]

use fuzz::definitions;
use libfuzzer_sys::fuzz_target;
use tonic::Code;

const METHODS: [&str; 8] = [
    "CreatePerson",
    "UpdatePerson",
    "ListPeople",
    "CreateCompany",
    "ListCompanies",
    "CreateDeal",
    "ListDeals",
    "CreateCustomField",
];

fuzz_target!(|input: &[u8]| {
    let Some((method, message)) = input.split_first() else {
        return;
    };
    let method = METHODS[usize::from(*method) % METHODS.len()];
    if let Err(status) = grpc::fuzzing::judge(method, message, definitions()) {
        // Internal is what the target itself says of bytes that are no such message.
        assert!(
            matches!(
                status.code(),
                Code::InvalidArgument | Code::NotFound | Code::Internal
            ),
            "{status}"
        );
        // Trailers that are longer are refused by common clients.
        assert!(
            status.details().len() < 8 * 1024,
            "{} bytes of details",
            status.details().len()
        );
    }
});
