//! The calls of the core about people.

use http::Uri;
use proto::v1::{
    CreatePersonRequest, DeletePersonRequest, Filter, GetPersonRequest, ListPeopleRequest,
    ListPeopleResponse, Person, UpdatePersonRequest,
};

use crate::call::Call;
use crate::path;
use crate::records::{Answer, Calls, Creation, PageOf, Patch};

impl Calls for Person {
    async fn create(call: &Call, _: &Uri, creation: Creation<Self>) -> Answer<Self> {
        let Creation {
            record,
            validate_only,
            request_id,
        } = creation;
        let message = CreatePersonRequest {
            person: Some(record),
            validate_only,
            request_id,
        };
        call.core().people().create_person(call.request(message)).await
    }

    async fn get(call: &Call, uri: &Uri) -> Answer<Self> {
        let message = GetPersonRequest { id: path::id(uri) };
        call.core().people().get_person(call.request(message)).await
    }

    async fn update(
        call: &Call,
        uri: &Uri,
        etag: String,
        patch: Patch<Self>,
        validate_only: bool,
    ) -> Answer<Self> {
        let Patch {
            mut record,
            update_mask,
            add,
            remove,
        } = patch;
        record.id = path::id(uri);
        record.etag = etag;
        let message = UpdatePersonRequest {
            person: Some(record),
            update_mask: Some(update_mask),
            add,
            remove,
            validate_only,
        };
        call.core().people().update_person(call.request(message)).await
    }

    async fn delete(call: &Call, uri: &Uri, etag: String) -> Answer<()> {
        let message = DeletePersonRequest {
            id: path::id(uri),
            etag,
        };
        call.core().people().delete_person(call.request(message)).await
    }

    async fn list(
        call: &Call,
        _: &Uri,
        page_size: i32,
        page_token: String,
        filter: Filter,
    ) -> Answer<PageOf<Self>> {
        let message = ListPeopleRequest {
            page_size,
            page_token,
            filter: Some(filter),
        };
        let answer = call.core().people().list_people(call.request(message)).await?;
        Ok(answer.map(
            |ListPeopleResponse {
                 people,
                 next_page_token,
             }| PageOf {
                records: people,
                next_page_token,
            },
        ))
    }
}
