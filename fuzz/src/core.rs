//! A core without a database: it judges what it is sent as the real one does, and what it finds good it answers with the
//! record itself, or with a message that says nothing.

use axum::body::Body as AnyBody;
use bytes::{BufMut as _, Bytes, BytesMut};
use http::{HeaderValue, Request, Response, header};
use http_body_util::BodyExt as _;
use prost::Message as _;
use proto::v1::{
    CreateCompanyRequest, CreateDealRequest, CreatePersonRequest, UpdateCompanyRequest, UpdateDealRequest,
    UpdatePersonRequest,
};
use rest::Core;
use tonic::Status;
use tonic::body::Body;

use crate::definitions;

/// What stands before a message: one byte that it is not compressed, four with its length.
const PREFIX: usize = 5;

/// The way to this core.
pub(crate) fn connect() -> Core {
    Core::remote(proto::Channel::new(tower::service_fn(answer)))
}

async fn answer(request: Request<Body>) -> Result<Response<Body>, Status> {
    let (parts, body) = request.into_parts();
    let sent = body.collect().await?.to_bytes();
    let message = sent.get(PREFIX..).unwrap_or_default();
    let method = parts.uri.path();
    if let Err(status) = grpc::fuzzing::judge(method, message, definitions()) {
        assert_ne!(
            status.code(),
            tonic::Code::Internal,
            "{method} was sent what it cannot read"
        );
        return Ok(status.into_http());
    }
    let message = shown(method, message);
    let mut framed = BytesMut::with_capacity(PREFIX + message.len());
    framed.put_u8(0);
    framed.put_u32(u32::try_from(message.len()).expect("a short message"));
    framed.extend_from_slice(&message);
    let body = http_body_util::Full::new(framed.freeze()).with_trailers(async {
        let mut trailers = http::HeaderMap::new();
        trailers.insert("grpc-status", HeaderValue::from_static("0"));
        Some(Ok(trailers))
    });
    let mut response = Response::new(Body::new(AnyBody::new(body)));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    Ok(response)
}

/// The record that a request has, so that it is written as JSON again.
fn shown(method: &str, message: &[u8]) -> Bytes {
    /// The record in a request of this kind.
    macro_rules! record {
        ($request:ident, $field:ident) => {
            $request::decode(message)
                .ok()
                .and_then(|request| request.$field)
                .map(|record| record.encode_to_vec())
        };
    }
    let record = match method.rsplit('/').next().unwrap_or_default() {
        "CreatePerson" => record!(CreatePersonRequest, person),
        "UpdatePerson" => record!(UpdatePersonRequest, person),
        "CreateCompany" => record!(CreateCompanyRequest, company),
        "UpdateCompany" => record!(UpdateCompanyRequest, company),
        "CreateDeal" => record!(CreateDealRequest, deal),
        "UpdateDeal" => record!(UpdateDealRequest, deal),
        _ => None,
    };
    record.unwrap_or_default().into()
}
