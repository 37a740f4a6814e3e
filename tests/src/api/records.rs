//! Companies and deals.

use proto::v1::{
    CreateCompanyRequest, CreateDealRequest, DeleteCompanyRequest, DeleteDealRequest, GetCompanyRequest,
    GetDealRequest, ListCompaniesRequest, ListDealsRequest,
};
use serde_json::{Value, json};
use tonic::{Response, Status};

use super::people::{quoted, with_all_violations};
use super::refused::{refused, rest_data};
use super::{Api, Refused};
use crate::{Answer, GrpcClient, Query, company_json, deal_json, encoded};

/// The records of one kind, as one door shows them.
#[derive(Debug, Clone)]
pub struct Records {
    api: Api,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Companies,
    Deals { group: String, object_type: String },
}

/// A page of records.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordPage {
    /// The records.
    pub records: Vec<Value>,
    /// What leads to the next page: a link, or a token.
    pub next: Option<String>,
}

impl Api {
    /// The companies.
    #[must_use]
    pub fn companies(&self) -> Records {
        Records {
            api: self.clone(),
            kind: Kind::Companies,
        }
    }

    /// The objects of this type in this group.
    #[must_use]
    pub fn deals(&self, group: &str, object_type: &str) -> Records {
        let (group, object_type) = (group.to_owned(), object_type.to_owned());
        Records {
            api: self.clone(),
            kind: Kind::Deals { group, object_type },
        }
    }
}

/// The answer of a call with its deprecations.
fn heard<T>(
    answer: Result<Response<T>, Status>,
    shown: impl FnOnce(T) -> Value,
) -> Result<(Value, Vec<String>), Refused> {
    let response = answer.map_err(|status| refused(&status))?;
    let deprecations = response.metadata().get_all_bin("deprecation-bin").iter();
    let deprecations =
        deprecations.map(|text| String::from_utf8(text.to_bytes().expect("bytes").to_vec()).expect("text"));
    let deprecations = deprecations.collect();
    Ok((shown(response.into_inner()), deprecations))
}

impl Records {
    /// Which door, to say it in messages.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.api.name()
    }

    /// Where REST has them.
    #[must_use]
    pub fn path(&self) -> String {
        match &self.kind {
            Kind::Companies => "/v1/companies".to_owned(),
            Kind::Deals { group, object_type } => format!("/v1/groups/{group}/{}", encoded(object_type)),
        }
    }

    /// Creates a record of the documented form.
    ///
    /// # Errors
    /// The refusal.
    pub async fn create(&self, body: &Value) -> Result<Value, Refused> {
        Ok(self.create_and_hear(body, "").await?.0)
    }

    /// Creates a record under a key that makes it once.
    ///
    /// # Errors
    /// The refusal.
    pub async fn create_once(&self, body: &Value, key: &str) -> Result<Value, Refused> {
        Ok(self.create_and_hear(body, key).await?.0)
    }

    /// Creates a record, under a key unless that is empty, and answers the deprecations too.
    ///
    /// # Errors
    /// The refusal.
    ///
    /// # Panics
    /// If the answer is of no known form.
    pub async fn create_and_hear(&self, body: &Value, key: &str) -> Result<(Value, Vec<String>), Refused> {
        match &self.api {
            Api::Rest(client) => {
                let mut headers = vec![("content-type", "application/json")];
                headers.extend((!key.is_empty()).then_some(("idempotency-key", key)));
                let answer = client
                    .send_with("POST", &self.path(), &headers, body.to_string())
                    .await;
                let json = answer.json();
                let deprecations = json["deprecations"].as_array().cloned().unwrap_or_default();
                let deprecations = deprecations.iter().map(|text| text.as_str().unwrap().to_owned());
                Ok((rest_data(&answer)?, deprecations.collect()))
            }
            Api::Grpc(client) => match &self.kind {
                Kind::Companies => {
                    let request = CreateCompanyRequest {
                        company: Some(company_json::to_proto(body)),
                        validate_only: false,
                        request_id: key.to_owned(),
                    };
                    let answer = client
                        .companies
                        .clone()
                        .create_company(with_all_violations(request))
                        .await;
                    heard(answer, company_json::from_proto)
                }
                Kind::Deals { group, object_type } => {
                    let request = CreateDealRequest {
                        deal: Some(deal_json::to_proto(group, object_type, body)),
                        validate_only: false,
                        request_id: key.to_owned(),
                    };
                    let answer = client
                        .deals
                        .clone()
                        .create_deal(with_all_violations(request))
                        .await;
                    heard(answer, deal_json::from_proto)
                }
            },
        }
    }

    /// Gets a record.
    ///
    /// # Errors
    /// The refusal.
    pub async fn get(&self, id: &str) -> Result<Value, Refused> {
        Ok(self.get_with_etag(id).await?.0)
    }

    /// The present etag of a record.
    ///
    /// # Panics
    /// If there is no such record.
    pub async fn etag(&self, id: &str) -> String {
        self.get_with_etag(id).await.expect("a record").1
    }

    async fn get_with_etag(&self, id: &str) -> Result<(Value, String), Refused> {
        let got = match &self.api {
            Api::Rest(client) => {
                let answer = client.send("GET", &format!("{}/{id}", self.path()), "").await;
                let data = rest_data(&answer)?;
                let etag = answer.header("etag");
                let etag = etag.strip_prefix('"').and_then(|etag| etag.strip_suffix('"'));
                return Ok((data, etag.expect("a strong etag").to_owned()));
            }
            Api::Grpc(client) => match &self.kind {
                Kind::Companies => {
                    let request = GetCompanyRequest { id: id.to_owned() };
                    let answer = client.companies.clone().get_company(request).await;
                    answer.map(Response::into_inner).map(|company| {
                        let etag = company.etag.clone();
                        (company_json::from_proto(company), etag)
                    })
                }
                Kind::Deals { group, object_type } => {
                    let request = GetDealRequest {
                        group_id: group.clone(),
                        object_type: object_type.clone(),
                        id: id.to_owned(),
                    };
                    let answer = client.deals.clone().get_deal(request).await;
                    answer.map(Response::into_inner).map(|deal| {
                        let etag = deal.etag.clone();
                        (deal_json::from_proto(deal), etag)
                    })
                }
            },
        };
        got.map_err(|status| refused(&status))
    }

    /// Changes a record by a PATCH of the documented form.
    ///
    /// # Errors
    /// The refusal.
    pub async fn update(&self, id: &str, patch: &Value) -> Result<Value, Refused> {
        self.update_if(id, patch, None).await
    }

    /// Changes a record if this is its etag.
    ///
    /// # Errors
    /// The refusal.
    pub async fn update_if(&self, id: &str, patch: &Value, etag: Option<&str>) -> Result<Value, Refused> {
        let Api::Grpc(client) = &self.api else {
            return self.send_if("PATCH", id, etag, patch.to_string()).await;
        };
        let etag = etag.unwrap_or_default();
        let answer = match &self.kind {
            Kind::Companies => {
                let mut request = company_json::update(id, patch);
                request.company.as_mut().expect("one").etag = etag.to_owned();
                let request = with_all_violations(request);
                let answer = client.companies.clone().update_company(request).await;
                answer.map(|response| company_json::from_proto(response.into_inner()))
            }
            Kind::Deals { group, object_type } => {
                let mut request = deal_json::update(group, object_type, id, patch);
                request.deal.as_mut().expect("one").etag = etag.to_owned();
                let request = with_all_violations(request);
                let answer = client.deals.clone().update_deal(request).await;
                answer.map(|response| deal_json::from_proto(response.into_inner()))
            }
        };
        answer.map_err(|status| refused(&status))
    }

    /// Deletes a record; answers its id.
    ///
    /// # Errors
    /// The refusal.
    pub async fn delete(&self, id: &str) -> Result<Value, Refused> {
        self.delete_if(id, None).await
    }

    /// Deletes a record if this is its etag.
    ///
    /// # Errors
    /// The refusal.
    pub async fn delete_if(&self, id: &str, etag: Option<&str>) -> Result<Value, Refused> {
        let Api::Grpc(client) = &self.api else {
            return self.send_if("DELETE", id, etag, String::new()).await;
        };
        let (record, etag) = (id.to_owned(), etag.unwrap_or_default().to_owned());
        let answer = match &self.kind {
            Kind::Companies => {
                let request = DeleteCompanyRequest { id: record, etag };
                client.companies.clone().delete_company(request).await
            }
            Kind::Deals { group, object_type } => {
                let request = DeleteDealRequest {
                    group_id: group.clone(),
                    object_type: object_type.clone(),
                    id: record,
                    etag,
                };
                client.deals.clone().delete_deal(request).await
            }
        };
        answer
            .map(|_| json!({"id": id}))
            .map_err(|status| refused(&status))
    }

    /// Sends something about one record over REST.
    async fn send_if(
        &self,
        method: &str,
        id: &str,
        etag: Option<&str>,
        body: String,
    ) -> Result<Value, Refused> {
        let Api::Rest(client) = &self.api else {
            panic!("not over gRPC");
        };
        let etag = etag.map(quoted);
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(etag.as_deref().map(|etag| ("if-match", etag)));
        let path = format!("{}/{id}", self.path());
        rest_data(&client.send_with(method, &path, &headers, body).await)
    }

    /// The first page of what is asked for; over REST by the query string.
    ///
    /// # Errors
    /// The refusal.
    pub async fn list(&self, query: &Query) -> Result<RecordPage, Refused> {
        match &self.api {
            Api::Rest(client) => {
                let path = format!("{}{}", self.path(), query.to_query_string());
                rest_page(&client.send("GET", &path, "").await)
            }
            Api::Grpc(client) => self.grpc_page(client, query, "").await,
        }
    }

    /// The same; over REST by the body of a search.
    ///
    /// # Errors
    /// The refusal.
    pub async fn search(&self, query: &Query) -> Result<RecordPage, Refused> {
        match &self.api {
            Api::Rest(client) => {
                let path = format!("{}/search", self.path());
                rest_page(&client.send("POST", &path, query.to_body().to_string()).await)
            }
            Api::Grpc(client) => self.grpc_page(client, query, "").await,
        }
    }

    /// The page that another led to.
    ///
    /// # Errors
    /// The refusal.
    pub async fn next_page(&self, query: &Query, next: &str) -> Result<RecordPage, Refused> {
        match &self.api {
            Api::Rest(client) => {
                let path = next.find("/v1/").map(|start| &next[start..]);
                rest_page(&client.send("GET", path.expect("a link to a list"), "").await)
            }
            Api::Grpc(client) => self.grpc_page(client, query, next).await,
        }
    }

    /// All the records that are asked for, page by page.
    ///
    /// # Errors
    /// The refusal.
    pub async fn list_all(&self, query: &Query) -> Result<Vec<Value>, Refused> {
        let RecordPage {
            mut records,
            mut next,
        } = self.list(query).await?;
        while let Some(link) = next {
            let page = self.next_page(query, &link).await?;
            records.extend(page.records);
            next = page.next;
        }
        Ok(records)
    }

    async fn grpc_page(
        &self,
        client: &GrpcClient,
        query: &Query,
        token: &str,
    ) -> Result<RecordPage, Refused> {
        let page_size = query.limit.unwrap_or_default();
        let page_token = token.to_owned();
        let page = match &self.kind {
            Kind::Companies => {
                let request = with_all_violations(ListCompaniesRequest {
                    page_size,
                    page_token,
                    filter: Some(query.to_filter(true)),
                });
                let answer = client.companies.clone().list_companies(request).await;
                answer.map(Response::into_inner).map(|page| {
                    let records = page.companies.into_iter().map(company_json::from_proto).collect();
                    (records, page.next_page_token)
                })
            }
            Kind::Deals { group, object_type } => {
                let request = with_all_violations(ListDealsRequest {
                    group_id: group.clone(),
                    object_type: object_type.clone(),
                    page_size,
                    page_token,
                    filter: Some(query.to_filter(false)),
                });
                let answer = client.deals.clone().list_deals(request).await;
                answer.map(Response::into_inner).map(|page| {
                    let records = page.deals.into_iter().map(deal_json::from_proto).collect();
                    (records, page.next_page_token)
                })
            }
        };
        let (records, next) = page.map_err(|status| refused(&status))?;
        let next = (!next.is_empty()).then_some(next);
        Ok(RecordPage { records, next })
    }
}

fn rest_page(answer: &Answer) -> Result<RecordPage, Refused> {
    let data = rest_data(answer)?;
    let records = data["items"].as_array().expect("items").clone();
    let pagination = data["pagination"].as_object().expect("pagination");
    let next = pagination.get("nextLink");
    assert_eq!(pagination.len(), usize::from(next.is_some()), "{pagination:?}");
    let next = next.map(|link| link.as_str().expect("a link").to_owned());
    Ok(RecordPage { records, next })
}
