//! One request and one answer.
//!
//! The messages and the parser are those of the `ipp` crate; the HTTP around them is set up here, because that
//! crate's client would follow redirects and the proxy of the environment to other hosts.

use std::io::Cursor;
use std::time::Duration;

use ipp::parser::IppParser;
use ipp::prelude::{
    DelimiterTag, IppAttribute, IppAttributes, IppRequestResponse, IppValue, StatusCode,
};
use ipp::reader::IppReader;

use super::{PrintError, PrinterUri, Reason};

const CONNECT_TIME_LIMIT: Duration = Duration::from_secs(5);
pub(super) const QUERY_TIME_LIMIT: Duration = Duration::from_secs(10);
/// No printer's attributes are near this size.
const ANSWER_LEN_MAX: u64 = 4 * 1024 * 1024;
const MESSAGE_LEN_MAX: usize = 200;

pub(super) const PDF: &str = "application/pdf";
/// Shown by queues as the owner of the job, in place of the clerk's account name.
pub(super) const USER: &str = "kakanai";

pub(super) fn keyword(name: &str, value: &str) -> Result<IppAttribute, PrintError> {
    IppValue::new_keyword(value)
        .and_then(|value| IppAttribute::with_name(name, value))
        .map_err(|_| PrintError::Protocol)
}

/// One request, one connection, one answer.
pub(super) fn send(
    printer: &PrinterUri,
    request: IppRequestResponse,
    document: &[u8],
    time_limit: Duration,
) -> Result<IppRequestResponse, PrintError> {
    let agent = ureq::Agent::config_builder()
        .proxy(None)
        .max_redirects(0)
        .timeout_connect(Some(CONNECT_TIME_LIMIT))
        .timeout_global(Some(time_limit))
        .user_agent(USER)
        .build()
        .new_agent();
    // In one piece, so that its length is known: not every printer takes chunks.
    let body = [&request.to_bytes(), document].concat();
    let answer = agent
        .post(&printer.http())
        .header("content-type", "application/ipp")
        .send(&body)
        .map_err(|error| transport_error(&error))?
        .into_body()
        .into_with_config()
        .limit(ANSWER_LEN_MAX)
        .read_to_vec()
        .map_err(|error| transport_error(&error))?;
    let answer = IppParser::new(IppReader::new(Cursor::new(answer)))
        .parse()
        .map_err(|_| PrintError::Protocol)?;
    match answer.header().status_code() {
        status if status.is_success() => Ok(answer),
        status => Err(refusal(status, &answer)),
    }
}

fn transport_error(error: &ureq::Error) -> PrintError {
    match error {
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
            PrintError::Unreachable
        }
        ureq::Error::Timeout(_) => PrintError::NoAnswer,
        ureq::Error::StatusCode(status) => PrintError::Refused { status: *status },
        ureq::Error::Io(_) | ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => {
            PrintError::Unreachable
        }
        _ => PrintError::Protocol,
    }
}

fn refusal(status: StatusCode, answer: &IppRequestResponse) -> PrintError {
    let about_format = || {
        Group::of(answer.attributes(), DelimiterTag::UnsupportedAttributes)
            .value("document-format")
            .is_some()
    };
    match status {
        StatusCode::ClientErrorDocumentFormatNotSupported => PrintError::RefusedFormat,
        StatusCode::ClientErrorAttributesOrValuesNotSupported if about_format() => {
            PrintError::RefusedFormat
        }
        StatusCode::ServerErrorNotAcceptingJobs => PrintError::NotAccepting,
        StatusCode::ClientErrorNotFound | StatusCode::ClientErrorGone => PrintError::JobNotFound,
        _ => PrintError::Refused { status: answer.header().operation_or_status.cast_unsigned() },
    }
}

/// The attributes of one group of an answer; none, if the group is missing.
pub(super) struct Group<'a>(Option<&'a [IppAttribute]>);

impl<'a> Group<'a> {
    pub fn of(attributes: &'a IppAttributes, tag: DelimiterTag) -> Self {
        Self(attributes.first_of(tag).map(|group| group.attributes()))
    }

    pub fn with(attributes: &'a [IppAttribute]) -> Self {
        Self(Some(attributes))
    }

    pub fn value(&self, name: &str) -> Option<&'a IppValue> {
        self.0?.iter().find(|attribute| attribute.name().as_str() == name).map(IppAttribute::value)
    }

    pub fn number(&self, name: &str) -> Option<i32> {
        match self.value(name)? {
            IppValue::Integer(number) | IppValue::Enum(number) => Some(*number),
            _ => None,
        }
    }

    pub fn boolean(&self, name: &str) -> Option<bool> {
        self.value(name)?.as_boolean().copied()
    }

    pub fn text(&self, name: &str) -> Option<String> {
        self.value(name).and_then(text).map(|text| text.chars().take(MESSAGE_LEN_MAX).collect())
    }

    pub fn texts(&self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.value(name).into_iter().flatten().filter_map(text)
    }

    pub fn contains(&self, name: &str, wanted: &str) -> bool {
        self.texts(name).any(|value| value == wanted)
    }

    pub fn reasons(&self, name: &str) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = self.texts(name).filter_map(Reason::of_keyword).collect();
        reasons.sort();
        reasons.dedup();
        reasons
    }
}

fn text(value: &IppValue) -> Option<&str> {
    match value {
        IppValue::Keyword(text) => Some(text.as_str()),
        IppValue::Uri(text) => Some(text.as_str()),
        IppValue::MimeMediaType(text) => Some(text.as_str()),
        IppValue::NameWithoutLanguage(name) | IppValue::NameWithLanguage { name, .. } => {
            Some(name.as_str())
        }
        IppValue::TextWithoutLanguage(text) | IppValue::TextWithLanguage { text, .. } => {
            Some(text.as_ref())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use ipp::prelude::IppVersion;

    use super::*;

    #[test]
    fn a_refusal_that_names_the_format_is_about_the_format() {
        let refused = |status: StatusCode, unsupported: Option<&str>| {
            let mut answer =
                IppRequestResponse::new_response(IppVersion::v1_1(), status, 1).unwrap();
            if let Some(name) = unsupported {
                let attribute = keyword(name, "application/pdf").unwrap();
                answer.attributes_mut().add(DelimiterTag::UnsupportedAttributes, attribute);
            }
            refusal(answer.header().status_code(), &answer)
        };
        let values = StatusCode::ClientErrorAttributesOrValuesNotSupported;
        assert_eq!(refused(values, Some("document-format")), PrintError::RefusedFormat);
        assert_eq!(refused(values, Some("media")), PrintError::Refused { status: 0x040B });
        let format = StatusCode::ClientErrorDocumentFormatNotSupported;
        assert_eq!(refused(format, None), PrintError::RefusedFormat);
        let accepting = StatusCode::ServerErrorNotAcceptingJobs;
        assert_eq!(refused(accepting, None), PrintError::NotAccepting);
    }
}
