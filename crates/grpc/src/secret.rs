//! The one place where secrets of API keys are made.

use domain::ApiKeySecret;

/// A new secret, from the operating system's randomness.
///
/// # Errors
/// The operating system gives none.
pub fn generate() -> Result<ApiKeySecret, getrandom::Error> {
    let mut random = [0; 32];
    getrandom::fill(&mut random)?;
    Ok(ApiKeySecret::new(random))
}
