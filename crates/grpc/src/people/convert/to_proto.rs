//! A person as its caller sees it.

use domain::{
    CompanyId, Date, Definitions, InteractionSummary, Member, Membership, Person, PersonProfile, PersonView,
    UserId,
};
use proto::v1::company_link::Company;
use proto::v1::{
    CompanyLink, InteractionMetadata, StrongestConnection, UserInteractions, WorkspaceInteractions,
};

use crate::convert::{date, etag, group_link, time, user};
use crate::custom_values;

/// The person as this user sees it.
pub(crate) fn person(view: PersonView, caller: UserId, definitions: &Definitions) -> proto::v1::Person {
    let PersonView {
        person,
        names,
        interactions,
    } = view;
    let Person {
        id,
        profile,
        companies,
        memberships,
        created_at,
        created_by,
        updated_at,
        version,
    } = person;
    let full_name = profile.shown_full_name();
    let PersonProfile {
        first_name,
        last_name,
        full_name: _,
        description,
        birthday,
        job_title,
        contact,
    } = profile;
    let companies = companies.iter().map(|id| CompanyLink {
        company: Some(Company::Id((*id).into())),
        display_name: names
            .get(&id.uuid())
            .map(|record| record.name.clone())
            .unwrap_or_default(),
    });
    proto::v1::Person {
        id: id.into(),
        first_name: first_name.into_string(),
        last_name: last_name.into_string(),
        full_name,
        description: description.into_string(),
        birthday: birthday.map(Date::naive).map(date),
        job_title: job_title.into_string(),
        groups: memberships
            .iter()
            .filter_map(|membership| group_link(membership, definitions))
            .collect(),
        companies: companies.collect(),
        addresses: contact.addresses.into_vec(),
        emails: contact.emails.into_vec(),
        phones: contact.phones.into_vec(),
        urls: contact.urls.into_vec(),
        create_time: Some(time(created_at)),
        update_time: Some(time(updated_at)),
        created_by: user(created_by, definitions),
        interaction_metadata: Some(interaction_metadata(&interactions, caller, definitions)),
        strongest_connections: memberships
            .iter()
            .filter_map(|membership| strongest_connection(membership, &interactions, definitions))
            .collect(),
        custom_field_values: memberships
            .into_iter()
            .filter_map(|membership| {
                custom_values::of_membership(membership, Member::Person, &names, definitions)
            })
            .collect(),
        etag: etag(version),
    }
}

/// Takes away what only storing gives: the person's id, and those of companies that are yet to be made.
pub(crate) fn as_not_stored(person: &mut proto::v1::Person, new_companies: &[CompanyId]) {
    person.id.clear();
    unmade_by_name(person, new_companies);
}

/// Names companies that are yet to be made, in place of ids that they do not have.
pub(crate) fn unmade_by_name(person: &mut proto::v1::Person, new_companies: &[CompanyId]) {
    for link in &mut person.companies {
        let is_new = matches!(&link.company, Some(Company::Id(id))
            if new_companies.iter().any(|new| new.to_string() == *id));
        if is_new {
            link.company = Some(Company::Name(link.display_name.clone()));
        }
    }
}

fn interaction_metadata(
    interactions: &InteractionSummary,
    caller: UserId,
    definitions: &Definitions,
) -> InteractionMetadata {
    let own = interactions.of_user(caller);
    InteractionMetadata {
        user: Some(UserInteractions {
            approximate_count: own.map_or(0, |own| own.count),
            last_interaction_time: own.map(|own| time(own.last_at)),
        }),
        workspace: Some(WorkspaceInteractions {
            approximate_count: interactions.count(),
            last_interaction_time: interactions.last_at().map(time),
            last_interaction_users: interactions
                .last_users()
                .filter_map(|id| user(id, definitions))
                .collect(),
        }),
    }
}

fn strongest_connection(
    membership: &Membership,
    interactions: &InteractionSummary,
    definitions: &Definitions,
) -> Option<StrongestConnection> {
    Some(StrongestConnection {
        group_id: membership.group_id.into(),
        user: Some(user(interactions.strongest()?, definitions)?),
    })
}
