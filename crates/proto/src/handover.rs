//! Answers within a process. To write a message only to read it again costs more than all else that a facade does, so it
//! travels beside the call, and an empty one is written in its place.

use std::sync::Arc;

use tonic::Response;

/// On a request: who asks is in this process, and [takes](take) the answer as it is. Nothing that comes over a connection has
/// it.
#[derive(Debug, Clone, Copy)]
pub struct InProcess;

/// The message of an answer.
#[derive(Clone)]
struct Handed<T>(Arc<T>);

/// Hands an answer over to who is [`InProcess`].
#[must_use]
pub fn hand_over<T>(answer: Response<T>) -> Response<T>
where
    T: Clone + Default + Send + Sync + 'static,
{
    let (metadata, message, mut extensions) = answer.into_parts();
    extensions.insert(Handed(Arc::new(message)));
    Response::from_parts(metadata, T::default(), extensions)
}

/// The answer that was handed over, or else the one that was read.
#[must_use]
pub fn take<T>(answer: Response<T>) -> Response<T>
where
    T: Clone + Send + Sync + 'static,
{
    let (metadata, read, mut extensions) = answer.into_parts();
    let message = match extensions.remove::<Handed<T>>() {
        Some(Handed(message)) => Arc::unwrap_or_clone(message),
        None => read,
    };
    Response::from_parts(metadata, message, extensions)
}
