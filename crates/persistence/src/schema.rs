// @generated automatically by Diesel CLI.

diesel::table! {
    /// Looked up before a workspace is known, hence without workspace_id in its keys and without a foreign key to users.
    api_keys (id) {
        id -> Uuid,
        workspace_id -> Uuid,
        user_id -> Uuid,
        name -> Text,
        /// SHA-256 of the secret. The secret itself is random and is kept nowhere.
        secret_hash -> Bytea,
        scope -> Text,
        created_at -> Timestamptz,
        expires_at -> Nullable<Timestamptz>,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// The ordered change log. The position is (transaction_id, sequence); read it up to the horizon of running transactions.
    changes (workspace_id, transaction_id, sequence) {
        workspace_id -> Uuid,
        transaction_id -> Int8,
        sequence -> Int8,
        occurred_at -> Timestamptz,
        actor_id -> Uuid,
        entity_type -> Text,
        entity_id -> Uuid,
        operation -> Text,
        /// Of an update, what was before and after; erased with the record. A create has none: what it made is the record itself with later changes undone.
        payload -> Nullable<Jsonb>,
    }
}

diesel::table! {
    companies (workspace_id, id) {
        workspace_id -> Uuid,
        id -> Uuid,
        name -> Text,
        /// SHA-256 of the name as it is compared: an index entry cannot hold the longest names themselves.
        name_key -> Bytea,
        description -> Text,
        funding_raised -> Nullable<Numeric>,
        last_funding_date -> Nullable<Date>,
        industry -> Nullable<Text>,
        foundation_year -> Nullable<Int2>,
        employee_range -> Nullable<Text>,
        addresses -> Array<Nullable<Text>>,
        emails -> Array<Nullable<Text>>,
        phones -> Array<Nullable<Text>>,
        urls -> Array<Nullable<Text>>,
        created_at -> Timestamptz,
        created_by -> Uuid,
        updated_at -> Timestamptz,
        version -> Int8,
        /// The emails as they are compared, ignoring case; made by the service.
        email_keys -> Array<Nullable<Text>>,
    }
}

diesel::table! {
    /// What the interactions with companies amount to; kept by the statement that logs one.
    company_interaction_counts (workspace_id, company_id, user_id) {
        workspace_id -> Uuid,
        company_id -> Uuid,
        user_id -> Uuid,
        count -> Int8,
        last_at -> Timestamptz,
    }
}

diesel::table! {
    company_memberships (workspace_id, company_id, group_id) {
        workspace_id -> Uuid,
        company_id -> Uuid,
        group_id -> Uuid,
        position -> Int2,
        values -> Jsonb,
    }
}

diesel::table! {
    /// The contact, user and object values of companies, where foreign keys hold them and deletions cascade.
    company_references (workspace_id, company_id, field_id, position) {
        workspace_id -> Uuid,
        company_id -> Uuid,
        group_id -> Uuid,
        field_id -> Uuid,
        position -> Int2,
        target_person_id -> Nullable<Uuid>,
        target_company_id -> Nullable<Uuid>,
        target_user_id -> Nullable<Uuid>,
        target_object_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// Former names, which work until another field takes them.
    custom_field_aliases (workspace_id, field_id, name) {
        workspace_id -> Uuid,
        field_id -> Uuid,
        name -> Text,
    }
}

diesel::table! {
    /// Former labels, which work until another option takes them.
    custom_field_option_aliases (workspace_id, option_id, label) {
        workspace_id -> Uuid,
        option_id -> Uuid,
        label -> Text,
    }
}

diesel::table! {
    custom_field_options (workspace_id, id) {
        workspace_id -> Uuid,
        id -> Uuid,
        field_id -> Uuid,
        label -> Text,
        color -> Text,
        position -> Int4,
    }
}

diesel::table! {
    custom_fields (workspace_id, id) {
        workspace_id -> Uuid,
        id -> Uuid,
        group_id -> Uuid,
        entity_type -> Text,
        /// The kind of object whose field this is; for people and companies null.
        object_type_id -> Nullable<Uuid>,
        name -> Text,
        field_type -> Text,
        position -> Int4,
        numeric_format -> Nullable<Text>,
        currency -> Nullable<Text>,
        /// The kind of object that an objectField points to.
        target_object_type_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    /// Bumped by every change of users, groups, custom fields and options, so that caches know what they hold.
    definition_versions (workspace_id) {
        workspace_id -> Uuid,
        version -> Int8,
    }
}

diesel::table! {
    groups (workspace_id, id) {
        workspace_id -> Uuid,
        id -> Uuid,
        name -> Text,
        position -> Int4,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    interactions (workspace_id, id) {
        workspace_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        person_id -> Nullable<Uuid>,
        company_id -> Nullable<Uuid>,
        occurred_at -> Timestamptz,
        title -> Text,
        content -> Text,
        #[sql_name = "type"]
        type_ -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    /// The companies that take part in an object. They are members of its group, or are not here.
    object_companies (workspace_id, object_id, company_id) {
        workspace_id -> Uuid,
        object_id -> Uuid,
        group_id -> Uuid,
        company_id -> Uuid,
        position -> Int2,
    }
}

diesel::table! {
    /// The people who take part in an object. They are members of its group, or are not here.
    object_people (workspace_id, object_id, person_id) {
        workspace_id -> Uuid,
        object_id -> Uuid,
        group_id -> Uuid,
        person_id -> Uuid,
        position -> Int2,
    }
}

diesel::table! {
    /// The contact, user and object values of objects, where foreign keys hold them and deletions cascade.
    object_references (workspace_id, object_id, field_id, position) {
        workspace_id -> Uuid,
        object_id -> Uuid,
        field_id -> Uuid,
        position -> Int2,
        target_person_id -> Nullable<Uuid>,
        target_company_id -> Nullable<Uuid>,
        target_user_id -> Nullable<Uuid>,
        target_object_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// The kinds of objects that a group keeps: its deals, say.
    object_types (workspace_id, id) {
        workspace_id -> Uuid,
        id -> Uuid,
        group_id -> Uuid,
        name -> Text,
    }
}

diesel::table! {
    /// Deals and other objects that a group keeps.
    objects (workspace_id, id) {
        workspace_id -> Uuid,
        id -> Uuid,
        group_id -> Uuid,
        object_type_id -> Uuid,
        name -> Text,
        values -> Jsonb,
        created_at -> Timestamptz,
        created_by -> Uuid,
        updated_at -> Timestamptz,
        version -> Int8,
    }
}

diesel::table! {
    people (workspace_id, id) {
        workspace_id -> Uuid,
        id -> Uuid,
        first_name -> Text,
        last_name -> Text,
        /// As shown: given, or derived from first and last name when full_name_given is false.
        full_name -> Text,
        full_name_given -> Bool,
        description -> Text,
        birthday -> Nullable<Date>,
        job_title -> Text,
        addresses -> Array<Nullable<Text>>,
        emails -> Array<Nullable<Text>>,
        phones -> Array<Nullable<Text>>,
        urls -> Array<Nullable<Text>>,
        created_at -> Timestamptz,
        created_by -> Uuid,
        updated_at -> Timestamptz,
        version -> Int8,
        /// The emails as they are compared, ignoring case; made by the service.
        email_keys -> Array<Nullable<Text>>,
    }
}

diesel::table! {
    person_companies (workspace_id, person_id, company_id) {
        workspace_id -> Uuid,
        person_id -> Uuid,
        company_id -> Uuid,
        position -> Int2,
    }
}

diesel::table! {
    /// What the interactions with people amount to; kept by the statement that logs one.
    person_interaction_counts (workspace_id, person_id, user_id) {
        workspace_id -> Uuid,
        person_id -> Uuid,
        user_id -> Uuid,
        count -> Int8,
        last_at -> Timestamptz,
    }
}

diesel::table! {
    person_memberships (workspace_id, person_id, group_id) {
        workspace_id -> Uuid,
        person_id -> Uuid,
        group_id -> Uuid,
        position -> Int2,
        /// By field id: a text, a decimal or a date as text, an option id, or a list of option ids.
        values -> Jsonb,
    }
}

diesel::table! {
    /// The contact, user and object values of people, where foreign keys hold them and deletions cascade.
    person_references (workspace_id, person_id, field_id, position) {
        workspace_id -> Uuid,
        person_id -> Uuid,
        group_id -> Uuid,
        field_id -> Uuid,
        position -> Int2,
        target_person_id -> Nullable<Uuid>,
        target_company_id -> Nullable<Uuid>,
        target_user_id -> Nullable<Uuid>,
        target_object_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// Requests that named themselves, so that the same request is done once. Kept for 24 hours.
    remembered_requests (workspace_id, user_id, operation, request_id) {
        workspace_id -> Uuid,
        user_id -> Uuid,
        operation -> Text,
        request_id -> Text,
        request_hash -> Bytea,
        /// The answer as a protobuf message; erased when one of the records it shows is deleted.
        answer -> Nullable<Bytea>,
        record_ids -> Array<Nullable<Uuid>>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    users (workspace_id, id) {
        workspace_id -> Uuid,
        id -> Uuid,
        full_name -> Text,
        email -> Text,
        /// The address as it is compared, ignoring case; made by the service.
        email_key -> Text,
        created_at -> Timestamptz,
        deactivated_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// The tenants. Every other table but api_keys begins its keys with workspace_id.
    workspaces (id) {
        id -> Uuid,
        name -> Text,
        created_at -> Timestamptz,
        /// With it the service signs page tokens, so that it knows its own again, on every instance.
        page_token_key -> Bytea,
    }
}

diesel::joinable!(api_keys -> workspaces (workspace_id));
diesel::joinable!(changes -> workspaces (workspace_id));
diesel::joinable!(companies -> workspaces (workspace_id));
diesel::joinable!(definition_versions -> workspaces (workspace_id));
diesel::joinable!(groups -> workspaces (workspace_id));
diesel::joinable!(people -> workspaces (workspace_id));
diesel::joinable!(users -> workspaces (workspace_id));

diesel::allow_tables_to_appear_in_same_query!(
    api_keys,
    changes,
    companies,
    company_interaction_counts,
    company_memberships,
    company_references,
    custom_field_aliases,
    custom_field_option_aliases,
    custom_field_options,
    custom_fields,
    definition_versions,
    groups,
    interactions,
    object_companies,
    object_people,
    object_references,
    object_types,
    objects,
    people,
    person_companies,
    person_interaction_counts,
    person_memberships,
    person_references,
    remembered_requests,
    users,
    workspaces,
);
