//! `ListCustomFields`.

use domain::{DefinedField, GroupId, Path, Scope, Violations};
use persistence::Page;
use proto::v1::{ListCustomFieldsRequest, ListCustomFieldsResponse};
use tonic::Response;

use crate::Core;
use crate::custom_fields::{convert, field_set};
use crate::edge::Caller;
use crate::pages::List;
use crate::record_id::{no_such, record_id_at};
use crate::status::Failure;

pub(super) async fn list_custom_fields(
    core: &Core,
    caller: Caller,
    request: ListCustomFieldsRequest,
) -> Result<Response<ListCustomFieldsResponse>, Failure> {
    caller.require(Scope::Read)?;
    let ListCustomFieldsRequest {
        group_id,
        entity_type,
        page_size,
        page_token,
    } = request;
    let definitions = core.definitions.get(caller.workspace_id).await?;
    let mut violations = Violations::default();
    let path = Path::root("group_id");
    let group_id = record_id_at(
        &group_id,
        "group",
        &path,
        &mut violations,
        GroupId::parse,
        GroupId::parse_at,
    )?;
    let name = group_id.map(|group_id| format!("custom fields of {entity_type} in {group_id}"));
    let list = List {
        name: name.as_deref().unwrap_or_default(),
        definitions: &definitions,
    };
    let page = list.page(page_size, &page_token, &mut violations);
    let group_id = match group_id {
        Some(group_id) if violations.is_empty() => group_id,
        Some(_) | None => return Err(Failure::Invalid(violations)),
    };
    let group = definitions.group(group_id).ok_or_else(|| no_such("group"))?;
    let (owner, _) = field_set(group, &entity_type)?;
    let fields = group
        .custom_fields()
        .filter(|defined| defined.owner == owner)
        .collect();
    let (fields, next_page_token) = slice(&list, page, fields);
    Ok(Response::new(ListCustomFieldsResponse {
        custom_fields: fields.iter().map(convert::field).collect(),
        next_page_token,
    }))
}

/// One page of the fields in their own order, which ids made on several machines need not follow.
fn slice<'a>(list: &List<'_>, page: Page, fields: Vec<DefinedField<'a>>) -> (Vec<DefinedField<'a>>, String) {
    let begin = page.after.map_or(0, |after| {
        let last = fields.iter().position(|defined| defined.field.id.uuid() == after);
        // The one that the page before ended with may be gone.
        let next = || fields.iter().position(|defined| defined.field.id.uuid() > after);
        last.map(|last| last + 1).or_else(next).unwrap_or(fields.len())
    });
    let mut rest = fields.into_iter().skip(begin);
    let shown: Vec<_> = rest.by_ref().take(page.size).collect();
    let token = match (shown.last(), rest.next()) {
        (Some(last), Some(_)) => list.token(last.field.id.uuid()),
        (None, _) | (_, None) => String::new(),
    };
    (shown, token)
}
