//! Answers within a process. To write a message only to read it again costs more than all else that a facade does, so it
//! travels beside the call, and an empty one is written in its place.

use std::any::Any;
use std::sync::Arc;

use tonic::{Response, Status};

/// On a request: who asks is in this process, and [takes](take) the answer as it is. Nothing that comes over a connection has
/// it.
#[derive(Debug, Clone, Copy)]
pub struct InProcess;

/// The message of an answer.
#[derive(Clone)]
struct Handed(Arc<dyn Any + Send + Sync>);

/// Hands an answer over to who is [`InProcess`].
#[must_use]
pub fn hand_over<T>(answer: Response<T>) -> Response<T>
where
    T: Default + Send + Sync + 'static,
{
    let (metadata, message, mut extensions) = answer.into_parts();
    extensions.insert(Handed(Arc::new(message)));
    Response::from_parts(metadata, T::default(), extensions)
}

/// The answer that was handed over, or else the one that was read.
///
/// # Errors
/// INTERNAL if what was handed over is something else: what was read in its place says nothing.
pub fn take<T>(answer: Response<T>) -> Result<Response<T>, Status>
where
    T: Clone + Send + Sync + 'static,
{
    let (metadata, read, mut extensions) = answer.into_parts();
    let message = match extensions.remove::<Handed>() {
        None => read,
        Some(Handed(message)) => match message.downcast::<T>() {
            Ok(message) => Arc::unwrap_or_clone(message),
            Err(_) => return Err(Status::internal("another answer was handed over")),
        },
    };
    Ok(Response::from_parts(metadata, message, extensions))
}

#[cfg(test)]
mod tests {
    use tonic::Code;

    use super::*;

    #[test]
    fn what_is_handed_over_is_taken_and_the_rest_is_read() {
        let handed = hand_over(Response::new("handed".to_owned()));
        assert_eq!(handed.get_ref(), "");
        assert_eq!(take(handed).unwrap().into_inner(), "handed");
        let read = Response::new("read".to_owned());
        assert_eq!(take(read).unwrap().into_inner(), "read");
    }

    #[test]
    fn something_else_is_not_taken_for_an_answer_that_says_nothing() {
        let mapped = hand_over(Response::new("handed".to_owned())).map(|text| text.len());
        assert_eq!(take(mapped).unwrap_err().code(), Code::Internal);
    }
}
