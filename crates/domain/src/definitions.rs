//! What a workspace has defined: its users, groups and their fields.

use std::collections::{BTreeMap, HashMap};

use crate::{
    CustomField, CustomFieldId, EmailKey, FieldOwner, FieldSet, Group, GroupId, ObjectType, ObjectTypeId,
    User, UserId,
};

/// The definitions of one workspace at one moment. They change rarely and are read by every call.
#[derive(Debug, Clone, Default)]
pub struct Definitions {
    version: i64,
    page_token_key: Vec<u8>,
    users: BTreeMap<UserId, User>,
    user_ids: HashMap<EmailKey, UserId>,
    groups: BTreeMap<GroupId, Group>,
}

impl Definitions {
    /// The definitions of this version, with the key that signs the workspace's page tokens.
    #[must_use]
    pub fn new(version: i64, page_token_key: Vec<u8>, users: Vec<User>, groups: Vec<Group>) -> Self {
        Self {
            version,
            page_token_key,
            user_ids: users
                .iter()
                .map(|user| (EmailKey::new(&user.email), user.id))
                .collect(),
            users: users.into_iter().map(|user| (user.id, user)).collect(),
            groups: groups.into_iter().map(|group| (group.id, group)).collect(),
        }
    }

    /// Grows with every change of them.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.version
    }

    /// What signs the page tokens of the workspace.
    #[must_use]
    pub fn page_token_key(&self) -> &[u8] {
        &self.page_token_key
    }

    /// Every group, in the order of their ids.
    #[must_use]
    pub fn groups(&self) -> Vec<&Group> {
        let mut groups: Vec<_> = self.groups.values().collect();
        groups.sort_unstable_by_key(|group| group.id);
        groups
    }

    /// Every user, deactivated ones included, in the order of their ids.
    #[must_use]
    pub fn users(&self) -> Vec<&User> {
        let mut users: Vec<_> = self.users.values().collect();
        users.sort_unstable_by_key(|user| user.id);
        users
    }

    /// The group of this id.
    #[must_use]
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.get(&id)
    }

    /// Every custom field of the workspace.
    pub fn custom_fields(&self) -> impl Iterator<Item = DefinedField<'_>> {
        self.groups.values().flat_map(Group::custom_fields)
    }

    /// The custom field of this id.
    #[must_use]
    pub fn custom_field(&self, id: CustomFieldId) -> Option<DefinedField<'_>> {
        self.custom_fields().find(|defined| defined.field.id == id)
    }

    /// The kind of object of a group.
    #[must_use]
    pub fn object_type(&self, group_id: GroupId, id: ObjectTypeId) -> Option<&ObjectType> {
        let types = &self.group(group_id)?.object_types;
        types.iter().find(|object_type| object_type.id == id)
    }

    /// The user of this id, deactivated ones included.
    #[must_use]
    pub fn user(&self, id: UserId) -> Option<&User> {
        self.users.get(&id)
    }

    /// The user of this address, ignoring case.
    #[must_use]
    pub fn user_by_email(&self, email: &str) -> Option<&User> {
        self.user(*self.user_ids.get(&EmailKey::new(email))?)
    }
}

/// A custom field and where it is defined.
#[derive(Debug, Clone, Copy)]
pub struct DefinedField<'a> {
    /// The group.
    pub group: &'a Group,
    /// The name by which callers address the kind of record.
    pub entity_type: &'a str,
    /// Whose field it is.
    pub owner: FieldOwner,
    /// All the fields of the same owner.
    pub siblings: &'a FieldSet,
    /// The field.
    pub field: &'a CustomField,
}

/// What a request addressed by a former name, told in sentences.
#[derive(Debug, Default)]
pub struct Deprecations(Vec<String>);

impl Deprecations {
    /// Adds a sentence, once.
    pub fn add(&mut self, sentence: String) {
        if !self.0.contains(&sentence) {
            self.0.push(sentence);
        }
    }

    /// Adds those of another part of the request.
    pub fn extend(&mut self, others: Self) {
        for sentence in others.0 {
            self.add(sentence);
        }
    }

    /// The sentences in the order they came up.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }
}
