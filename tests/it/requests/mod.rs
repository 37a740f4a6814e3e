//! What holds for every request, whatever it asks for.

mod envelopes;
mod headers;
mod hostile_bodies;
mod ids;
mod issues;
mod properties;
