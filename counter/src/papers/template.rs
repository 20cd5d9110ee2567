//! The forms of a pack as they are filled: on the municipality's own page where they name one.

use std::collections::BTreeMap;

use kakanai_forms::Template;
use kakanai_rules::Pack;
use kakanai_rules::pack::BlankPage;

use super::PaperError;

/// A form of a pack on its page, ready to be filled.
///
/// # Errors
/// [`PaperError::NoForm`] and [`PaperError::Blank`].
pub(crate) fn template(pack: &Pack, form: &str) -> Result<Template, PaperError> {
    let none = || PaperError::NoForm { form: form.to_owned() };
    let text = pack.forms.get(form).ok_or_else(none)?;
    let mut template = Template::parse(text, form).map_err(|_| none())?;
    put_on(&mut template, &pack.blanks)?;
    Ok(template)
}

/// Gives a template its page out of those of its pack.
pub(crate) fn put_on(
    template: &mut Template,
    blanks: &BTreeMap<String, BlankPage>,
) -> Result<(), PaperError> {
    match template.blank.as_ref().and_then(|named| blanks.get(&named.sha256)) {
        Some(blank) => Ok(template.put_on(&blank.page, &blank.picture)?),
        // A template without a page needs none; laying out refuses one whose page is missing.
        None => Ok(()),
    }
}
