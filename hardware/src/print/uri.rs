//! Addresses of printers.

use std::fmt;
use std::str::FromStr;

use ipp::prelude::Uri;

use super::PrintError;

/// IPP limits URIs to this many bytes.
const URI_LEN_MAX: usize = 1023;
const IPP_PORT: u16 = 631;

/// `ipp://host[:port]/path`. No other scheme and no user name, which would end up in every request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrinterUri(Uri);

impl PrinterUri {
    pub(super) fn uri(&self) -> Uri {
        self.0.clone()
    }

    /// Where the requests go: IPP travels over HTTP, on port 631 unless the address says otherwise.
    pub(super) fn http(&self) -> String {
        let host = self.0.host().unwrap_or_default();
        let port = self.0.port_u16().unwrap_or(IPP_PORT);
        let path = self.0.path_and_query().map_or("/", |path| path.as_str());
        format!("http://{host}:{port}{path}")
    }
}

impl PrinterUri {
    /// The same place with the path of another address.
    pub(super) fn with_path_of(&self, other: &Self) -> Self {
        let mut parts = self.0.clone().into_parts();
        parts.path_and_query = other.0.path_and_query().cloned();
        Uri::from_parts(parts).map_or_else(|_| self.clone(), Self)
    }
}

impl FromStr for PrinterUri {
    type Err = PrintError;

    fn from_str(text: &str) -> Result<Self, PrintError> {
        let uri: Uri = text.parse().map_err(|_| PrintError::Uri)?;
        let host = uri.host().unwrap_or_default();
        let user = uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
        if text.len() > URI_LEN_MAX || uri.scheme_str() != Some("ipp") || host.is_empty() || user {
            return Err(PrintError::Uri);
        }
        Ok(Self(uri))
    }
}

impl fmt::Display for PrinterUri {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_queue_is_reached_the_way_its_list_was() {
        let [list, queue]: [PrinterUri; 2] =
            ["ipp://localhost:8631/", "ipp://counter-pc:631/printers/Counter"]
                .map(|text| text.parse().unwrap());
        assert_eq!(list.with_path_of(&queue).to_string(), "ipp://localhost:8631/printers/Counter");
    }

    #[test]
    fn only_plain_ipp_addresses_are_printers() {
        for (text, http) in [
            ("ipp://printer/ipp/print", "http://printer:631/ipp/print"),
            ("ipp://localhost:8631/printers/Counter", "http://localhost:8631/printers/Counter"),
            ("ipp://[::1]:631/ipp/print", "http://[::1]:631/ipp/print"),
            ("ipp://printer", "http://printer:631/"),
        ] {
            assert_eq!(text.parse::<PrinterUri>().map(|uri| uri.http()).as_deref(), Ok(http));
        }
        for text in [
            "",
            "printer",
            "/ipp/print",
            "http://printer/",
            "ipps://printer/",
            "ipp://user@printer/",
            "ipp:///x",
        ] {
            assert_eq!(text.parse::<PrinterUri>(), Err(PrintError::Uri), "{text}");
        }
    }
}
