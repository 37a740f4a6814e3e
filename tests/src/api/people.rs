//! People.

use proto::v1::batch_create_result::Result as Outcome;
use proto::v1::{
    BatchCreatePeopleRequest, CreatePersonRequest, DeletePersonRequest, GetPersonRequest, ListPeopleRequest,
    Person,
};
use serde_json::{Value, json};
use tonic::{Request, Response, Status};

use super::refused::{issues_of, refused, rest_data, violations};
use super::{Api, Refused};
use crate::{Answer, Query, person_json};

/// A page of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The people.
    pub people: Vec<Value>,
    /// What leads to the next page: a link, or a token.
    pub next: Option<String>,
}

/// What became of one entry of a batch: the person, or its issues.
pub type BatchResult = Result<Value, Vec<(Value, String)>>;

/// All violations, however many.
pub(super) fn with_all_violations<T>(message: T) -> Request<T> {
    let mut request = Request::new(message);
    request
        .metadata_mut()
        .insert("x-violation-limit", "10000".parse().expect("a number"));
    request
}

fn shown(answer: Result<Response<Person>, Status>) -> Result<Value, Refused> {
    answer
        .map(|response| person_json::from_proto(response.into_inner()))
        .map_err(|status| refused(&status))
}

/// An etag as it is sent.
pub(super) fn quoted(etag: &str) -> String {
    format!("\"{etag}\"")
}

impl Api {
    /// Creates a person of the documented form.
    ///
    /// # Errors
    /// The refusal.
    pub async fn create(&self, body: &Value) -> Result<Value, Refused> {
        Ok(self.create_and_hear(body).await?.0)
    }

    /// Creates a person and answers the deprecations too.
    ///
    /// # Errors
    /// The refusal.
    ///
    /// # Panics
    /// If the answer is of no known form.
    pub async fn create_and_hear(&self, body: &Value) -> Result<(Value, Vec<String>), Refused> {
        match self {
            Self::Rest(client) => {
                let answer = client.send("POST", "/v1/people", body.to_string()).await;
                let json = answer.json();
                let deprecations = json["deprecations"].as_array().cloned().unwrap_or_default();
                let deprecations = deprecations.iter().map(|text| text.as_str().unwrap().to_owned());
                Ok((rest_data(&answer)?, deprecations.collect()))
            }
            Self::Grpc(client) => {
                let request = with_all_violations(create_request(body, ""));
                let response = client
                    .people
                    .clone()
                    .create_person(request)
                    .await
                    .map_err(|s| refused(&s))?;
                let deprecations = response.metadata().get_all_bin("deprecation-bin").iter();
                let deprecations =
                    deprecations.map(|text| String::from_utf8(text.to_bytes().unwrap().to_vec()).unwrap());
                let deprecations = deprecations.collect();
                Ok((person_json::from_proto(response.into_inner()), deprecations))
            }
        }
    }

    /// Creates a person under a key that makes it once.
    ///
    /// # Errors
    /// The refusal.
    pub async fn create_once(&self, body: &Value, key: &str) -> Result<Value, Refused> {
        match self {
            Self::Rest(client) => {
                let headers = [("content-type", "application/json"), ("idempotency-key", key)];
                let answer = client
                    .send_with("POST", "/v1/people", &headers, body.to_string())
                    .await;
                rest_data(&answer)
            }
            Self::Grpc(client) => {
                let request = with_all_violations(create_request(body, key));
                shown(client.people.clone().create_person(request).await)
            }
        }
    }

    /// Gets a person.
    ///
    /// # Errors
    /// The refusal.
    pub async fn get(&self, id: &str) -> Result<Value, Refused> {
        match self {
            Self::Rest(client) => rest_data(&client.send("GET", &format!("/v1/people/{id}"), "").await),
            Self::Grpc(client) => {
                let request = GetPersonRequest { id: id.to_owned() };
                shown(client.people.clone().get_person(request).await)
            }
        }
    }

    /// The present etag of a person.
    ///
    /// # Panics
    /// If there is no such person.
    pub async fn etag(&self, id: &str) -> String {
        match self {
            Self::Rest(client) => {
                let answer = client.send("GET", &format!("/v1/people/{id}"), "").await;
                let etag = answer.header("etag");
                let etag = etag.strip_prefix('"').and_then(|etag| etag.strip_suffix('"'));
                etag.expect("a strong etag").to_owned()
            }
            Self::Grpc(client) => {
                let request = GetPersonRequest { id: id.to_owned() };
                let person = client.people.clone().get_person(request).await.expect("a person");
                person.into_inner().etag
            }
        }
    }

    /// Changes a person as a PATCH of the documented form says.
    ///
    /// # Errors
    /// The refusal.
    pub async fn update(&self, id: &str, patch: &Value) -> Result<Value, Refused> {
        self.update_if(id, patch, None).await
    }

    /// Changes a person if this is its etag.
    ///
    /// # Errors
    /// The refusal.
    pub async fn update_if(&self, id: &str, patch: &Value, etag: Option<&str>) -> Result<Value, Refused> {
        match self {
            Self::Rest(client) => {
                let etag = etag.map(quoted);
                let mut headers = vec![("content-type", "application/json")];
                headers.extend(etag.as_deref().map(|etag| ("if-match", etag)));
                let path = format!("/v1/people/{id}");
                rest_data(
                    &client
                        .send_with("PATCH", &path, &headers, patch.to_string())
                        .await,
                )
            }
            Self::Grpc(client) => {
                let mut request = person_json::update(id, patch);
                if let (Some(person), Some(etag)) = (&mut request.person, etag) {
                    etag.clone_into(&mut person.etag);
                }
                shown(
                    client
                        .people
                        .clone()
                        .update_person(with_all_violations(request))
                        .await,
                )
            }
        }
    }

    /// Deletes a person; answers its id.
    ///
    /// # Errors
    /// The refusal.
    pub async fn delete(&self, id: &str) -> Result<Value, Refused> {
        self.delete_if(id, None).await
    }

    /// Deletes a person if this is its etag.
    ///
    /// # Errors
    /// The refusal.
    pub async fn delete_if(&self, id: &str, etag: Option<&str>) -> Result<Value, Refused> {
        match self {
            Self::Rest(client) => {
                let etag = etag.map(quoted);
                let headers: Vec<_> = etag.iter().map(|etag| ("if-match", etag.as_str())).collect();
                let path = format!("/v1/people/{id}");
                rest_data(&client.send_with("DELETE", &path, &headers, "").await)
            }
            Self::Grpc(client) => {
                let (id, etag) = (id.to_owned(), etag.unwrap_or_default().to_owned());
                let answer_id = id.clone();
                let request = DeletePersonRequest { id, etag };
                let deleted = client.people.clone().delete_person(request).await;
                deleted
                    .map(|_| json!({"id": answer_id}))
                    .map_err(|status| refused(&status))
            }
        }
    }
}

pub(super) fn create_request(body: &Value, key: &str) -> CreatePersonRequest {
    CreatePersonRequest {
        person: Some(person_json::to_proto(body)),
        validate_only: false,
        request_id: key.to_owned(),
    }
}

impl Api {
    /// The first page of the people that are asked for; over REST by the query string.
    ///
    /// # Errors
    /// The refusal.
    pub async fn list(&self, query: &Query) -> Result<Page, Refused> {
        match self {
            Self::Rest(client) => {
                let path = format!("/v1/people{}", query.to_query_string());
                rest_page(&client.send("GET", &path, "").await)
            }
            Self::Grpc(client) => grpc_page(client, query, "").await,
        }
    }

    /// The same; over REST by the body of a search.
    ///
    /// # Errors
    /// The refusal.
    pub async fn search(&self, query: &Query) -> Result<Page, Refused> {
        match self {
            Self::Rest(client) => {
                let body = query.to_body().to_string();
                rest_page(&client.send("POST", "/v1/people/search", body).await)
            }
            Self::Grpc(client) => grpc_page(client, query, "").await,
        }
    }

    /// The page that another led to.
    ///
    /// # Errors
    /// The refusal.
    pub async fn next_page(&self, query: &Query, next: &str) -> Result<Page, Refused> {
        match self {
            Self::Rest(client) => {
                let path = next.find("/v1/").map(|start| &next[start..]);
                let answer = client.send("GET", path.expect("a link to a list"), "").await;
                rest_page(&answer)
            }
            Self::Grpc(client) => grpc_page(client, query, next).await,
        }
    }

    /// All the people that are asked for, page by page.
    ///
    /// # Errors
    /// The refusal.
    pub async fn list_all(&self, query: &Query) -> Result<Vec<Value>, Refused> {
        let Page { mut people, mut next } = self.list(query).await?;
        while let Some(link) = next {
            let page = self.next_page(query, &link).await?;
            people.extend(page.people);
            next = page.next;
        }
        Ok(people)
    }

    /// Creates a batch of people; under a key, unless that is empty.
    ///
    /// # Errors
    /// The refusal of the whole.
    ///
    /// # Panics
    /// If the answer is of no known form.
    pub async fn batch_create(
        &self,
        people: &[Value],
        atomic: bool,
        key: &str,
    ) -> Result<Vec<BatchResult>, Refused> {
        match self {
            Self::Rest(client) => {
                let mut headers = vec![("content-type", "application/json")];
                headers.extend((!key.is_empty()).then_some(("idempotency-key", key)));
                let body = json!({"people": people, "atomic": atomic}).to_string();
                let answer = client.send_with("POST", "/v1/people/batch", &headers, body).await;
                let data = rest_data(&answer)?;
                let items = data["items"].as_array().expect("items").iter();
                Ok(items
                    .map(|item| match item.get("person") {
                        Some(person) => Ok(person.clone()),
                        None => Err(issues_of(&item["error"])),
                    })
                    .collect())
            }
            Self::Grpc(client) => {
                let request = BatchCreatePeopleRequest {
                    people: people.iter().map(person_json::to_proto).collect(),
                    atomic,
                    validate_only: false,
                    request_id: key.to_owned(),
                };
                let mut client = client.people.clone().max_decoding_message_size(64 * 1024 * 1024);
                let answer = client.batch_create_people(with_all_violations(request)).await;
                let results = answer.map_err(|status| refused(&status))?.into_inner().results;
                Ok(results
                    .into_iter()
                    .map(|result| match result.result.expect("a result") {
                        Outcome::Person(person) => Ok(person_json::from_proto(person)),
                        Outcome::Error(error) => Err(violations(&error.violations)),
                    })
                    .collect())
            }
        }
    }
}

fn rest_page(answer: &Answer) -> Result<Page, Refused> {
    let data = rest_data(answer)?;
    let people = data["items"].as_array().expect("items").clone();
    let pagination = data["pagination"].as_object().expect("pagination");
    let next = pagination.get("nextLink");
    assert_eq!(pagination.len(), usize::from(next.is_some()), "{pagination:?}");
    let next = next.map(|link| link.as_str().expect("a link").to_owned());
    Ok(Page { people, next })
}

async fn grpc_page(client: &crate::GrpcClient, query: &Query, token: &str) -> Result<Page, Refused> {
    let request = ListPeopleRequest {
        page_size: query.limit.unwrap_or_default(),
        page_token: token.to_owned(),
        filter: Some(query.to_proto()),
    };
    let mut client = client.people.clone().max_decoding_message_size(64 * 1024 * 1024);
    let answer = client.list_people(with_all_violations(request)).await;
    let answer = answer.map_err(|status| refused(&status))?.into_inner();
    Ok(Page {
        people: answer.people.into_iter().map(person_json::from_proto).collect(),
        next: (!answer.next_page_token.is_empty()).then_some(answer.next_page_token),
    })
}
