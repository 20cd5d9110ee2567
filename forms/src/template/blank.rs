//! The municipality's own blank form (白紙様式) under a template: named by SHA-256, given by the pack.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::Template;

/// The page a template is printed on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlankRef {
    /// Page of `blank.pdf`; it has one.
    pub page: u32,
    /// SHA-256 of `blank.pdf`, lowercase hexadecimal.
    pub sha256: String,
}

impl BlankRef {
    /// Whether it can name a page at all.
    pub(super) fn is_sane(&self) -> bool {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        self.page == 1 && self.sha256.len() == 64 && self.sha256.bytes().all(digit)
    }
}

/// Why a page does not come under a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlankError {
    /// Nobody gave the page.
    #[error("form {form}: the blank page is missing")]
    Missing {
        /// Form id.
        form: String,
    },
    /// The page given is another one.
    #[error("form {form}: this is not the blank page that the template names")]
    Differs {
        /// Form id.
        form: String,
    },
}

impl BlankError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "blank-missing",
            Self::Differs { .. } => "blank-differs",
        }
    }
}

/// A page to print on, shared by all papers that use it.
#[derive(Clone)]
pub struct Blank(Arc<Parts>);

struct Parts {
    sha256: String,
    page: Vec<u8>,
    picture: String,
}

impl Blank {
    /// SHA-256 of the page.
    pub fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// The page as a PDF of its own.
    pub(crate) fn page(&self) -> &[u8] {
        &self.0.page
    }

    /// The page as a PNG in base64; empty when there is none.
    pub(crate) fn picture(&self) -> &str {
        &self.0.picture
    }
}

impl PartialEq for Blank {
    fn eq(&self, other: &Self) -> bool {
        self.0.sha256 == other.0.sha256
    }
}

impl fmt::Debug for Blank {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Blank({})", self.0.sha256)
    }
}

impl Template {
    /// Lays the template on its page. `page` (a PDF) and `picture` (a PNG, may be empty) are base64, as a pack
    /// carries them.
    ///
    /// # Errors
    /// [`BlankError::Differs`] when the template names another page, or none.
    pub fn put_on(&mut self, page: &str, picture: &str) -> Result<(), BlankError> {
        let differs = || BlankError::Differs { form: self.id.clone() };
        let page = STANDARD.decode(page).map_err(|_| differs())?;
        let digest = Sha256::digest(&page);
        let sha256: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        if self.blank.as_ref().is_none_or(|named| named.sha256 != sha256) {
            return Err(differs());
        }
        // It goes into a document as it is.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
        let picture = if picture.bytes().all(plain) { picture.to_owned() } else { String::new() };
        self.background = Some(Blank(Arc::new(Parts { sha256, page, picture })));
        Ok(())
    }

    /// The page to print on.
    ///
    /// # Errors
    /// [`BlankError::Missing`] when the template names one and nobody gave it: values alone would be no paper.
    pub(crate) fn ground(&self) -> Result<Option<Blank>, BlankError> {
        match (&self.blank, &self.background) {
            (Some(_), None) => Err(BlankError::Missing { form: self.id.clone() }),
            _ => Ok(self.background.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(sha256: &str) -> Result<Template, crate::TemplateError> {
        Template::parse(
            &format!(
                "format = 1\nid = \"f\"\ntitle = \"f\"\nissuer = \"m\"\nversion = 1\n\
                 valid_from = \"2026-04-01\"\nlaw = \"l\"\nscope = \"person\"\npaper = \"A4\"\nfield = []\n\
                 blank = {{ page = 1, sha256 = \"{sha256}\" }}\n"
            ),
            "f",
        )
    }

    #[test]
    fn only_the_page_that_the_template_names_comes_under_it() {
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let mut form = template(sha256).unwrap();
        assert_eq!(form.ground().unwrap_err().code(), "blank-missing");
        for page in ["YWJk", "not base64"] {
            assert_eq!(form.put_on(page, "").unwrap_err().code(), "blank-differs", "{page}");
        }
        form.put_on("YWJj", "\"><script>").unwrap();
        let ground = form.ground().unwrap().unwrap();
        assert_eq!((ground.page(), ground.picture()), (b"abc".as_slice(), ""));
        assert_eq!(ground.sha256(), sha256);
    }

    #[test]
    fn a_name_that_is_no_sha256_is_a_fault_of_the_template() {
        for wrong in ["", "ba78", &"G".repeat(64)] {
            let error = template(wrong).unwrap_err();
            assert!(error.to_string().contains("blank"), "{error}");
        }
    }
}
