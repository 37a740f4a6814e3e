//! What reflection tells, in both of its versions, and that errors can be read by it alone.

use std::collections::BTreeMap;

use futures_util::stream;
use prost::Message as _;
use prost_reflect::{DescriptorPool, DynamicMessage};
use prost_types::FileDescriptorProto;
use proto::v1::{CreatePersonRequest, Date, GroupLink, Person};
use serde_json::{Value, json};
use tests::fixture::KEY;
use tests::{TestDatabase, TestServer};
use tonic::Code;
use tonic::transport::{Channel, Endpoint};
use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;
use tonic_reflection::pb::{v1, v1alpha};

fn channel(server: &TestServer) -> Channel {
    let endpoint = Endpoint::from_shared(format!("http://{}", server.grpc)).unwrap();
    endpoint.connect_lazy()
}

async fn ask(server: &TestServer, question: MessageRequest) -> MessageResponse {
    let request = v1::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(question),
    };
    let mut client = ServerReflectionClient::new(channel(server));
    let answers = client
        .server_reflection_info(stream::iter([request]))
        .await
        .unwrap();
    let answer = answers.into_inner().message().await.unwrap().unwrap();
    answer.message_response.unwrap()
}

async fn file(server: &TestServer, question: MessageRequest) -> FileDescriptorProto {
    let shown = format!("{question:?}");
    let MessageResponse::FileDescriptorResponse(files) = ask(server, question).await else {
        panic!("no file for {shown}");
    };
    FileDescriptorProto::decode(&*files.file_descriptor_proto[0]).unwrap()
}

/// A message as JSON, read by nothing but what reflection tells of its type.
async fn read(server: &TestServer, type_name: &str, bytes: &[u8]) -> Value {
    let mut files = BTreeMap::new();
    let first = file(server, MessageRequest::FileContainingSymbol(type_name.to_owned())).await;
    let mut wanted = first.dependency.clone();
    files.insert(first.name().to_owned(), first);
    while let Some(name) = wanted.pop() {
        if files.contains_key(&name) {
            continue;
        }
        let next = file(server, MessageRequest::FileByFilename(name.clone())).await;
        wanted.extend(next.dependency.iter().cloned());
        files.insert(name, next);
    }
    let mut pool = DescriptorPool::new();
    pool.add_file_descriptor_protos(files.into_values()).unwrap();
    let descriptor = pool.get_message_by_name(type_name).unwrap();
    let message = DynamicMessage::decode(descriptor, bytes).unwrap();
    serde_json::to_value(message).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_details_of_an_error_can_be_read() {
    let server = TestServer::start().await;
    let person = Person {
        birthday: Some(Date {
            year: 2023,
            month: 2,
            day: 30,
        }),
        groups: vec![GroupLink {
            id: "grp_1".to_owned(),
            ..GroupLink::default()
        }],
        ..Person::default()
    };
    let request = CreatePersonRequest {
        person: Some(person),
        ..CreatePersonRequest::default()
    };
    let status = server
        .grpc_as(KEY)
        .people
        .create_person(request)
        .await
        .unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    let details = tonic_types::pb::Status::decode(status.details()).unwrap().details;

    let mut told: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for detail in details {
        let name = detail.type_url.rsplit('/').next().unwrap().to_owned();
        let read = read(&server, &name, &detail.value).await;
        told.entry(name).or_default().push(read);
    }
    assert_eq!(told["google.rpc.ErrorInfo"][0]["reason"], "INVALID");
    assert_eq!(told["google.rpc.RequestInfo"].len(), 1);
    let fields = told["google.rpc.BadRequest"][0]["fieldViolations"]
        .as_array()
        .unwrap();
    let mut fields: Vec<_> = fields.iter().map(|one| one["field"].as_str().unwrap()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["person.birthday", "person.groups[0].id"]);
    let violations = &told["people.v1.Violation"];
    assert_eq!(violations.len(), 2);
    let of_the_group = violations
        .iter()
        .find(|one| one.get("tooSmall").is_some())
        .unwrap();
    assert_eq!(
        of_the_group["path"],
        json!([{"field": "person"}, {"field": "groups"}, {"index": 0}, {"field": "id"}])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn both_versions_list_the_same_services() {
    let server = TestServer::start().await;
    let MessageResponse::ListServicesResponse(present) =
        ask(&server, MessageRequest::ListServices(String::new())).await
    else {
        panic!("no list");
    };
    let mut present: Vec<_> = present.service.into_iter().map(|service| service.name).collect();

    let request = v1alpha::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(v1alpha::server_reflection_request::MessageRequest::ListServices(
            String::new(),
        )),
    };
    let mut client = v1alpha::server_reflection_client::ServerReflectionClient::new(channel(&server));
    let answers = client
        .server_reflection_info(stream::iter([request]))
        .await
        .unwrap();
    let answer = answers
        .into_inner()
        .message()
        .await
        .unwrap()
        .unwrap()
        .message_response;
    let Some(v1alpha::server_reflection_response::MessageResponse::ListServicesResponse(former)) = answer
    else {
        panic!("{answer:?}");
    };
    let mut former: Vec<_> = former.service.into_iter().map(|service| service.name).collect();
    for names in [&mut present, &mut former] {
        // Each names itself.
        names.retain(|name| !name.starts_with("grpc.reflection."));
        names.sort();
    }
    assert!(
        present.contains(&"people.v1.PeopleService".to_owned()),
        "{present:?}"
    );
    assert_eq!(present, former);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_be_turned_off() {
    let server = TestServer::start_with(TestDatabase::new().await, &[("PEOPLE_REFLECTION", "false")]).await;
    let request = v1::ServerReflectionRequest::default();
    let mut client = ServerReflectionClient::new(channel(&server));
    let status = client
        .server_reflection_info(stream::iter([request]))
        .await
        .unwrap_err();
    assert_eq!(status.code(), Code::Unimplemented);
}
