//! What is measured, and the requests for it.

use std::str::FromStr;
use std::sync::Arc;

use http::uri::PathAndQuery;
use proto::v1::{BatchCreatePeopleRequest, CreatePersonRequest, GetPersonRequest, ListPeopleRequest};

use crate::Failure;
use crate::sample::NewPerson;
use crate::world::{Workspace, World};

/// How many people are made in one batch.
pub(crate) const BATCH: i32 = 64;
/// How many people a page holds.
pub(crate) const PAGE: i32 = 20;

/// A kind of call that pgbench has a statement for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// One person with all that belongs to it.
    Create,
    /// One person by id.
    Get,
    /// A page, one of the first.
    List,
    /// Many people at once.
    Batch,
}

/// Writes the next request.
pub(crate) type Requests = Box<dyn FnMut(&mut Vec<u8>) + Send>;

/// What requests are about.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) world: World,
    /// Tokens that lead to pages; the first page has none.
    pub(crate) tokens: Arc<[String]>,
}

impl Work {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Get => "get",
            Self::List => "list",
            Self::Batch => "batch",
        }
    }

    /// How many a call counts for: of batches, people are counted.
    pub(crate) fn units(self) -> f64 {
        match self {
            Self::Create | Self::Get | Self::List => 1.0,
            Self::Batch => f64::from(BATCH),
        }
    }

    /// Whole requests as they go over the wire.
    pub(crate) fn rest(self, scene: &Scene) -> Requests {
        let key = Workspace::LARGE.key();
        let Scene { world, tokens } = scene.clone();
        match self {
            Self::Create => Box::new(move |buffer| {
                post("/v1/people", &key, &NewPerson::random(world).json(world), buffer);
            }),
            Self::Get => Box::new(move |buffer| {
                let id = random_person(world);
                get(&format!("/v1/people/{id}"), &key, buffer);
            }),
            Self::List => Box::new(move |buffer| match random_token(&tokens) {
                "" => get(&format!("/v1/people?limit={PAGE}"), &key, buffer),
                token => get(&format!("/v1/people?limit={PAGE}&cursor={token}"), &key, buffer),
            }),
            Self::Batch => Box::new(move |buffer| {
                let people: Vec<_> = (0..BATCH).map(|_| NewPerson::random(world).json(world)).collect();
                let body = format!(r#"{{"people":[{}],"atomic":true}}"#, people.join(","));
                post("/v1/people/batch", &key, &body, buffer);
            }),
        }
    }

    /// The call, and its messages.
    pub(crate) fn grpc(self, scene: &Scene) -> Result<(PathAndQuery, Requests), Failure> {
        let Scene { world, tokens } = scene.clone();
        let (name, requests): (_, Requests) = match self {
            Self::Create => (
                "CreatePerson",
                Box::new(move |buffer| {
                    let request = CreatePersonRequest {
                        person: Some(NewPerson::random(world).message(world)),
                        ..CreatePersonRequest::default()
                    };
                    encode(&request, buffer);
                }),
            ),
            Self::Get => (
                "GetPerson",
                Box::new(move |buffer| {
                    let request = GetPersonRequest {
                        id: random_person(world),
                    };
                    encode(&request, buffer);
                }),
            ),
            Self::List => (
                "ListPeople",
                Box::new(move |buffer| {
                    let request = ListPeopleRequest {
                        page_size: PAGE,
                        page_token: random_token(&tokens).to_owned(),
                        filter: None,
                    };
                    encode(&request, buffer);
                }),
            ),
            Self::Batch => (
                "BatchCreatePeople",
                Box::new(move |buffer| {
                    let people = (0..BATCH).map(|_| NewPerson::random(world).message(world));
                    let request = BatchCreatePeopleRequest {
                        people: people.collect(),
                        atomic: true,
                        ..BatchCreatePeopleRequest::default()
                    };
                    encode(&request, buffer);
                }),
            ),
        };
        Ok((path(name)?, requests))
    }
}

/// The path of a call about people.
pub(crate) fn path(name: &str) -> Result<PathAndQuery, Failure> {
    Ok(PathAndQuery::from_str(&format!(
        "/people.v1.PeopleService/{name}"
    ))?)
}

fn random_person(world: World) -> String {
    let id = world.person(Workspace::LARGE, fastrand::i64(1..=world.people));
    format!("per_{id}")
}

fn random_token(tokens: &[String]) -> &str {
    let place = fastrand::usize(0..tokens.len().max(1));
    tokens.get(place).map_or("", String::as_str)
}

fn encode(message: &impl prost::Message, buffer: &mut Vec<u8>) {
    buffer.reserve(message.encoded_len());
    message.encode_raw(buffer);
}

/// Writes a GET.
pub(crate) fn get(path: &str, key: &str, buffer: &mut Vec<u8>) {
    for part in [
        "GET ",
        path,
        " HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ",
        key,
        "\r\n\r\n",
    ] {
        buffer.extend_from_slice(part.as_bytes());
    }
}

/// Writes a POST with a JSON body.
pub(crate) fn post(path: &str, key: &str, body: &str, buffer: &mut Vec<u8>) {
    for part in [
        "POST ",
        path,
        " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nauthorization: Bearer ",
        key,
        "\r\ncontent-length: ",
        &body.len().to_string(),
        "\r\n\r\n",
        body,
    ] {
        buffer.extend_from_slice(part.as_bytes());
    }
}
