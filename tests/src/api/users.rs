//! Users.

use proto::v1::GetUserRequest;
use serde_json::Value;

use super::refused::{refused, rest_data};
use super::{Api, Refused};
use crate::person_json;

impl Api {
    /// Gets a user.
    ///
    /// # Errors
    /// The refusal.
    pub async fn user(&self, id: &str) -> Result<Value, Refused> {
        match self {
            Self::Rest(client) => rest_data(&client.send("GET", &format!("/v1/users/{id}"), "").await),
            Self::Grpc(client) => {
                let request = GetUserRequest { id: id.to_owned() };
                let response = client.users.clone().get_user(request).await;
                response
                    .map(|response| person_json::user(response.into_inner()))
                    .map_err(|s| refused(&s))
            }
        }
    }
}
