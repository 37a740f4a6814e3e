//! What somebody tries who means harm. Other workspaces are in `tenants`, bodies in `requests`, keys in `keys`.

mod browsers;
mod hostile_texts;
mod kept_secret;
mod own_code;
mod revoked_elsewhere;
mod switched_off;
