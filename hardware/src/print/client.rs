//! Jobs: sending one, asking for it, cancelling it.

use std::time::Duration;

use ipp::prelude::{DelimiterTag, IppAttribute, IppOperationBuilder, IppPayload, IppValue};
use ipp::value::IppName;

use super::capabilities::capabilities;
use super::job::{JobId, JobState, JobStatus, PrintJob, Tray};
use super::wire::{Group, PDF, QUERY_TIME_LIMIT, USER, keyword, send};
use super::{Media, PrintError, PrinterUri};

const SUBMIT_TIME_LIMIT: Duration = Duration::from_secs(60);

/// Checks that the printer can take the job and sends it. Sides that the printer cannot print are left to it.
///
/// # Errors
/// As [`capabilities`] and [`Capabilities::check`].
pub fn submit(printer: &PrinterUri, job: &PrintJob<'_>) -> Result<JobId, PrintError> {
    let able = capabilities(printer)?;
    able.check(job.media, job.tray.as_ref())?;
    let mut attributes = vec![match &job.tray {
        None => keyword("media", job.media.keyword())?,
        Some(tray) => media_from(job.media, tray)?,
    }];
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

/// `media-col`: a size together with a tray; IPP takes this or `media`, never both.
fn media_from(media: Media, tray: &Tray) -> Result<IppAttribute, PrintError> {
    let member = |name: &str, value: IppValue| {
        Ok::<_, PrintError>((IppName::new(name).map_err(|_| PrintError::Protocol)?, value))
    };
    let [short, long] = media.hundredths().map(|side| IppValue::new_integer(i32::from(side)));
    let size = IppValue::Collection(
        [member("x-dimension", short)?, member("y-dimension", long)?].into_iter().collect(),
    );
    let source = IppValue::new_keyword(tray.as_str()).map_err(|_| PrintError::Protocol)?;
    let both = [member("media-size", size)?, member("media-source", source)?];
    IppAttribute::with_name("media-col", IppValue::Collection(both.into_iter().collect()))
        .map_err(|_| PrintError::Protocol)
}
