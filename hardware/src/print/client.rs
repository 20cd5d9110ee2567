//! Requests to one printer and what its answers mean.
//!
//! The requests and the parser are those of the `ipp` crate; the HTTP around them is set up here, because
//! that crate's client would follow redirects and the proxy of the environment to other hosts.

use std::io::Cursor;
use std::time::Duration;

use ipp::parser::IppParser;
use ipp::prelude::{
    DelimiterTag, IppAttribute, IppAttributes, IppOperationBuilder, IppPayload, IppRequestResponse,
    IppValue, StatusCode,
};
use ipp::reader::IppReader;
use serde::Serialize;

use super::job::{JobId, JobState, JobStatus, PrintJob, Sides};
use super::{Media, PrintError, PrinterUri, Reason};

const CONNECT_TIME_LIMIT: Duration = Duration::from_secs(5);
const QUERY_TIME_LIMIT: Duration = Duration::from_secs(10);
const SUBMIT_TIME_LIMIT: Duration = Duration::from_secs(60);
/// No printer's attributes are near this size.
const ANSWER_LEN_MAX: u64 = 4 * 1024 * 1024;
const MESSAGE_LEN_MAX: usize = 200;

const PDF: &str = "application/pdf";
/// Shown by queues as the owner of the job, in place of the clerk's account name.
const USER: &str = "kakanai";

/// What a printer can do and whether it is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    /// The name it gives itself.
    pub name: String,
    /// Takes PDF as it is.
    pub accepts_pdf: bool,
    /// Has, or can have, A4.
    pub a4: bool,
    /// Accepts jobs at present.
    pub accepting: bool,
    /// Its state.
    pub state: PrinterState,
    /// Why it does not print, if it does not.
    pub reasons: Vec<Reason>,
    /// The sides it can print.
    pub sides: Vec<Sides>,
    /// Can be told to print in original size (`print-scaling=none`).
    pub original_size: bool,
}

/// The state of a printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrinterState {
    /// Waits for work.
    Idle,
    /// Prints; also when its tray is empty.
    Processing,
    /// Stopped.
    Stopped,
}

/// Asks the printer what it can do.
///
/// # Errors
/// [`PrintError::Unreachable`], [`PrintError::NoAnswer`], [`PrintError::Protocol`], [`PrintError::Refused`].
pub fn capabilities(printer: &PrinterUri) -> Result<Capabilities, PrintError> {
    let request = IppOperationBuilder::get_printer_attributes(printer.uri())
        .attributes([
            "printer-name",
            "printer-state",
            "printer-state-reasons",
            "printer-is-accepting-jobs",
            "document-format-supported",
            "media-supported",
            "media-ready",
            "sides-supported",
            "print-scaling-supported",
        ])
        .build()
        .map_err(|_| PrintError::Protocol)?;
    let answer = send(printer, request.into(), &[], QUERY_TIME_LIMIT)?;
    let printer = Group::of(answer.attributes(), DelimiterTag::PrinterAttributes);
    let a4 = Media::A4.keyword();
    Ok(Capabilities {
        name: printer.text("printer-name").unwrap_or_default(),
        accepts_pdf: printer.contains("document-format-supported", PDF),
        a4: printer.contains("media-supported", a4) || printer.contains("media-ready", a4),
        accepting: printer.boolean("printer-is-accepting-jobs").unwrap_or(false),
        state: match printer.number("printer-state") {
            Some(3) => PrinterState::Idle,
            Some(4) => PrinterState::Processing,
            Some(5) => PrinterState::Stopped,
            _ => return Err(PrintError::Protocol),
        },
        reasons: printer.reasons("printer-state-reasons"),
        sides: Sides::ALL
            .into_iter()
            .filter(|sides| printer.contains("sides-supported", sides.keyword()))
            .collect(),
        original_size: printer.contains("print-scaling-supported", "none"),
    })
}

/// Checks that the printer can take the job and sends it. Sides that the printer cannot print are left to it.
///
/// # Errors
/// As [`capabilities`]; [`PrintError::NotAccepting`], [`PrintError::RefusedFormat`], [`PrintError::RefusedMedia`].
pub fn submit(printer: &PrinterUri, job: &PrintJob<'_>) -> Result<JobId, PrintError> {
    let able = capabilities(printer)?;
    if !able.accepting {
        return Err(PrintError::NotAccepting);
    }
    if !able.accepts_pdf {
        return Err(PrintError::RefusedFormat);
    }
    if !able.a4 {
        return Err(PrintError::RefusedMedia);
    }
    let mut attributes = vec![keyword("media", job.media.keyword())?];
    if able.sides.contains(&job.sides) {
        attributes.push(keyword("sides", job.sides.keyword())?);
    }
    if able.original_size {
        attributes.push(keyword("print-scaling", "none")?);
    }
    let request = IppOperationBuilder::print_job(printer.uri(), IppPayload::empty())
        .user_name(USER)
        .job_title(job.name.as_str())
        .document_format(PDF)
        .attributes(attributes)
        .build()
        .map_err(|_| PrintError::Protocol)?;
    let answer = send(printer, request.into(), job.pdf, SUBMIT_TIME_LIMIT)?;
    Group::of(answer.attributes(), DelimiterTag::JobAttributes)
        .number("job-id")
        .map(JobId)
        .ok_or(PrintError::Protocol)
}

/// Asks for the job and for its printer.
///
/// # Errors
/// As [`capabilities`]; [`PrintError::JobNotFound`].
pub fn job(printer: &PrinterUri, id: JobId) -> Result<JobStatus, PrintError> {
    let request = IppOperationBuilder::get_job_attributes(printer.uri(), id.0)
        .user_name(USER)
        .build()
        .map_err(|_| PrintError::Protocol)?;
    let answer = send(printer, request.into(), &[], QUERY_TIME_LIMIT)?;
    let job = Group::of(answer.attributes(), DelimiterTag::JobAttributes);
    Ok(JobStatus {
        state: job.number("job-state").and_then(JobState::of_code).ok_or(PrintError::Protocol)?,
        reasons: job.reasons("job-state-reasons"),
        printer_reasons: capabilities(printer)?.reasons,
        sides_done: job.number("job-impressions-completed"),
        message: job.text("job-state-message").filter(|message| !message.is_empty()),
    })
}

/// Asks the printer to cancel the job; it ends as cancelled when the device lets go of it.
///
/// # Errors
/// As [`job`]; [`PrintError::Refused`] when it is over already.
pub fn cancel(printer: &PrinterUri, id: JobId) -> Result<(), PrintError> {
    let request = IppOperationBuilder::cancel_job(printer.uri(), id.0)
        .user_name(USER)
        .build()
        .map_err(|_| PrintError::Protocol)?;
    send(printer, request.into(), &[], QUERY_TIME_LIMIT).map(drop)
}

fn keyword(name: &str, value: &str) -> Result<IppAttribute, PrintError> {
    IppValue::new_keyword(value)
        .and_then(|value| IppAttribute::with_name(name, value))
        .map_err(|_| PrintError::Protocol)
}

/// One request, one connection, one answer.
fn send(
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
struct Group<'a>(Option<&'a [IppAttribute]>);

impl<'a> Group<'a> {
    fn of(attributes: &'a IppAttributes, tag: DelimiterTag) -> Self {
        Self(attributes.first_of(tag).map(|group| group.attributes()))
    }

    fn value(&self, name: &str) -> Option<&'a IppValue> {
        self.0?.iter().find(|attribute| attribute.name().as_str() == name).map(IppAttribute::value)
    }

    fn number(&self, name: &str) -> Option<i32> {
        match self.value(name)? {
            IppValue::Integer(number) | IppValue::Enum(number) => Some(*number),
            _ => None,
        }
    }

    fn boolean(&self, name: &str) -> Option<bool> {
        self.value(name)?.as_boolean().copied()
    }

    fn text(&self, name: &str) -> Option<String> {
        self.value(name).and_then(text).map(|text| text.chars().take(MESSAGE_LEN_MAX).collect())
    }

    fn texts(&self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.value(name).into_iter().flatten().filter_map(text)
    }

    fn contains(&self, name: &str, wanted: &str) -> bool {
        self.texts(name).any(|value| value == wanted)
    }

    fn reasons(&self, name: &str) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = self.texts(name).filter_map(Reason::of_keyword).collect();
        reasons.sort();
        reasons.dedup();
        reasons
    }
}

fn text(value: &IppValue) -> Option<&str> {
    match value {
        IppValue::Keyword(text) => Some(text.as_str()),
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
