//! Serving: sockets, connections, and an end in good order. What is served comes from `grpc` and `rest`.

mod answers;
mod at_once;
mod client_limits;
mod connection;
mod core;
mod facade;
mod first_call;
mod listener;
pub(crate) mod operator;
mod room;
mod shutdown;
mod tls;
mod welcome;

pub(crate) use client_limits::ClientLimits;
pub(crate) use core::OpenCore;
pub(crate) use facade::{facade, reachable, remote};
pub(crate) use listener::Listener;
pub(crate) use shutdown::{Shutdown, signalled};
pub(crate) use tls::Identity;
pub(crate) use welcome::Welcome;
