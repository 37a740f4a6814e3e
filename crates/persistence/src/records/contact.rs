//! The columns with the ways to reach a person or a company.

use domain::{ContactDetails, TextList};

use crate::Error;
use crate::filter::listed_email_key;

/// Reads the columns `addresses`, `emails`, `phones` and `urls`.
///
/// # Errors
/// What `inconsistent` makes of the name of a column that holds what it cannot.
pub(crate) fn read(
    [addresses, emails, phones, urls]: [Vec<String>; 4],
    inconsistent: impl Fn(&'static str) -> Error,
) -> Result<ContactDetails, Error> {
    Ok(ContactDetails {
        addresses: TextList::from_stored(addresses).ok_or_else(|| inconsistent("addresses"))?,
        emails: TextList::from_stored(emails).ok_or_else(|| inconsistent("emails"))?,
        phones: TextList::from_stored(phones).ok_or_else(|| inconsistent("phones"))?,
        urls: TextList::from_stored(urls).ok_or_else(|| inconsistent("urls"))?,
    })
}

/// The column `email_keys`: what the emails are found by.
pub(crate) fn email_keys(contact: &ContactDetails) -> Vec<String> {
    let emails = contact.emails.as_slice();
    emails.iter().map(|email| listed_email_key(email)).collect()
}
