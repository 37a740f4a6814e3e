//! The calls of the core about people.

use proto::v1::{
    CreatePersonRequest, DeletePersonRequest, GetPersonRequest, ListPeopleRequest, ListPeopleResponse,
    Person, UpdatePersonRequest,
};

use crate::records::calls;

calls! {
    Person {
        client: people,
        field: person,
        at: {},
        create: create_person(CreatePersonRequest),
        get: get_person(GetPersonRequest),
        update: update_person(UpdatePersonRequest),
        patch: { add, remove } => { add, remove },
        delete: delete_person(DeletePersonRequest),
        list: list_people(ListPeopleRequest) => ListPeopleResponse { people },
    }
}
