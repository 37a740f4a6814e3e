//! The calls of the core about deals.

use proto::v1::{
    CreateDealRequest, Deal, DeleteDealRequest, GetDealRequest, ListDealsRequest, ListDealsResponse,
    UpdateDealRequest,
};

use crate::records::calls;

calls! {
    Deal {
        client: deals,
        field: deal,
        at: { group_id: 2, object_type: 3 },
        create: create_deal(CreateDealRequest),
        get: get_deal(GetDealRequest),
        update: update_deal(UpdateDealRequest),
        patch: { add: None, remove: None } => {},
        delete: delete_deal(DeleteDealRequest),
        list: list_deals(ListDealsRequest) => ListDealsResponse { deals },
    }
}
