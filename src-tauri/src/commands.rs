//! One command per call of [`Counter`]: take the arguments, call, answer with the new view.
//!
//! `staff_*` belongs to the staff window, `resident_*` to the resident's; `capabilities/` enforces it. The PIN
//! crosses into Rust in [`resident_pin`] only, straight into a type that is wiped when dropped.

use kakanai_counter::door::{
    AccountInput, AnswerInput, AnswersInput, CaseNewInput, CertificateInput, CodeBInput,
    ConflictSettleInput, DisplayInput, DoorError, IdentityInput, OutcomeInput, PersonInput,
    PracticeInput, PreviewPage, PrintInput, PrinterView, PrivateOpenInput, ResidentView,
    SameForInput, ScanAcceptInput, ScanTextInput, SetUpInput, SettleInput, SignInInput,
    SignedInput, StaffView, StepInput,
};
use kakanai_counter::{Counter, Pin};
use tauri::ipc::{InvokeBody, Request};
use tauri::{AppHandle, Manager as _, Runtime, State};

use crate::renewal::Renewal;

type Held<'a> = State<'a, Counter>;
type Staff = Result<StaffView, DoorError>;
type Resident = Result<ResidentView, DoorError>;

/// Cards, key derivation and the store block; the window's thread must not.
async fn off_thread<T: Send + 'static>(
    counter: Held<'_>,
    work: impl FnOnce(&Counter) -> Result<T, DoorError> + Send + 'static,
) -> Result<T, DoorError> {
    let counter = Counter::clone(&counter);
    tauri::async_runtime::spawn_blocking(move || work(&counter))
        .await
        .unwrap_or_else(|_| Err(DoorError { code: "internal".into(), ..DoorError::default() }))
}

/// Whenever the case has left the desk both pages are built anew, though something else may have gone wrong.
async fn leave_case<R: Runtime>(
    app: AppHandle<R>,
    counter: Held<'_>,
    leave: impl FnOnce(&Counter) -> Staff + Send + 'static,
) -> Staff {
    let work = |counter: &Counter| {
        let answer = leave(counter);
        Ok((answer, counter.has_case()))
    };
    let (answer, still_here) = off_thread(counter, work).await?;
    if !still_here {
        app.state::<Renewal>().ask();
    }
    answer
}

/// The staff window as it stands.
#[tauri::command]
pub async fn staff_view(counter: Held<'_>) -> Staff {
    off_thread(counter, |counter| Ok(counter.staff_view())).await
}

/// Makes the store and its first account, and signs that person in.
#[tauri::command]
pub async fn staff_set_up(counter: Held<'_>, input: SetUpInput) -> Staff {
    off_thread(counter, move |counter| counter.set_up(input)).await
}

/// Signs in with account and passphrase.
#[tauri::command]
pub async fn staff_sign_in(counter: Held<'_>, input: SignInInput) -> Staff {
    off_thread(counter, move |counter| counter.sign_in(input)).await
}

/// Signs out, locks the store and rebuilds both pages. A case on the desk can be resumed.
#[tauri::command]
pub async fn staff_sign_out<R: Runtime>(app: AppHandle<R>, counter: Held<'_>) -> Staff {
    leave_case(app, counter, Counter::sign_out).await
}

/// Opens a case for a life event.
#[tauri::command]
pub async fn staff_case_new(counter: Held<'_>, input: CaseNewInput) -> Staff {
    off_thread(counter, move |counter| counter.case_new(input)).await
}

/// Takes a case up again.
#[tauri::command]
pub async fn staff_case_open(counter: Held<'_>, id: String) -> Staff {
    off_thread(counter, move |counter| counter.case_open(&id)).await
}

/// Ends the case and rebuilds both pages, so that no page keeps anything of it in memory.
#[tauri::command]
pub async fn staff_case_end<R: Runtime>(app: AppHandle<R>, counter: Held<'_>) -> Staff {
    leave_case(app, counter, Counter::case_end).await
}

/// Looks again for card readers and the printer.
#[tauri::command]
pub async fn staff_devices_refresh(counter: Held<'_>) -> Staff {
    off_thread(counter, Counter::devices_refresh).await
}

/// Asks the card how many tries are left and shows the PIN pad to the resident.
#[tauri::command]
pub async fn staff_card_ask_pin(counter: Held<'_>) -> Staff {
    off_thread(counter, Counter::card_ask_pin).await
}

/// Gives up reading the card.
#[tauri::command]
pub async fn staff_card_cancel(counter: Held<'_>) -> Staff {
    off_thread(counter, Counter::card_cancel).await
}

/// Records an answer or a value typed by the clerk.
#[tauri::command]
pub async fn staff_answer(counter: Held<'_>, input: AnswerInput) -> Staff {
    off_thread(counter, move |counter| counter.answer(input)).await
}

/// Takes the last answer back.
#[tauri::command]
pub async fn staff_undo(counter: Held<'_>) -> Staff {
    off_thread(counter, Counter::undo).await
}

/// Adds or changes a member of the household.
#[tauri::command]
pub async fn staff_person_save(counter: Held<'_>, input: PersonInput) -> Staff {
    off_thread(counter, move |counter| counter.person_save(input)).await
}

/// Takes a member out of the household.
#[tauri::command]
pub async fn staff_person_remove(counter: Held<'_>, id: String) -> Staff {
    off_thread(counter, move |counter| counter.person_remove(&id)).await
}

/// The pages of one paper as pictures.
#[tauri::command]
pub async fn staff_preview(
    counter: Held<'_>,
    paper: String,
) -> Result<Vec<PreviewPage>, DoorError> {
    off_thread(counter, move |counter| counter.preview(&paper)).await
}

/// Keeps what happens to characters that no font has.
#[tauri::command]
pub async fn staff_settle(counter: Held<'_>, input: SettleInput) -> Staff {
    off_thread(counter, move |counter| counter.settle(input)).await
}

/// The printers to choose from.
#[tauri::command]
pub async fn staff_printers(counter: Held<'_>) -> Result<Vec<PrinterView>, DoorError> {
    off_thread(counter, Counter::printers).await
}

/// Sends papers to a printer; none named means all. Progress comes with the views.
#[tauri::command]
pub async fn staff_print(counter: Held<'_>, input: PrintInput) -> Staff {
    off_thread(counter, move |counter| counter.print(&input)).await
}

/// Cancels the print job.
#[tauri::command]
pub async fn staff_print_cancel(counter: Held<'_>) -> Staff {
    off_thread(counter, Counter::print_cancel).await
}

/// Waits no longer for a printer that does not answer.
#[tauri::command]
pub async fn staff_print_leave(counter: Held<'_>) -> Staff {
    off_thread(counter, Counter::print_leave).await
}

/// The clerk says whether the papers of a job came out (出ましたか); jobs count from 0.
#[tauri::command]
pub async fn staff_print_came_out(counter: Held<'_>, job: u32, yes: bool) -> Staff {
    off_thread(counter, move |counter| counter.print_came_out(job, yes)).await
}

/// Writes the hand-over files (引き渡しファイル).
#[tauri::command]
pub async fn staff_hand_over(counter: Held<'_>) -> Staff {
    off_thread(counter, Counter::hand_over).await
}

/// A text that a scanner typed or somebody pasted.
#[tauri::command]
pub async fn staff_scan_text(counter: Held<'_>, input: ScanTextInput) -> Staff {
    off_thread(counter, move |counter| counter.scan_text(&input)).await
}

/// A frame of the camera: width and height as `u32` in little-endian order, then one byte a pixel, row by row.
#[tauri::command]
pub async fn staff_scan_frame(counter: Held<'_>, request: Request<'_>) -> Result<(), DoorError> {
    let bytes = body(&request)?;
    let wrong = || DoorError::of("frame-size");
    let (width, rest) = bytes.split_first_chunk().ok_or_else(wrong)?;
    let (height, luma) = rest.split_first_chunk().ok_or_else(wrong)?;
    let (width, height) = (u32::from_le_bytes(*width), u32::from_le_bytes(*height));
    let luma = luma.to_vec();
    off_thread(counter, move |counter| counter.scan_frame(width, height, &luma)).await
}

/// The bytes of an image file.
#[tauri::command]
pub async fn staff_scan_image(counter: Held<'_>, request: Request<'_>) -> Staff {
    let file = body(&request)?.to_vec();
    off_thread(counter, move |counter| counter.scan_image(&file)).await
}

/// Forgets the parts read so far; `keep` starts over with the part of another sheet.
#[tauri::command]
pub async fn staff_scan_reset(counter: Held<'_>, keep: bool) -> Staff {
    off_thread(counter, move |counter| counter.scan_reset(keep)).await
}

/// Takes a whole sheet in.
#[tauri::command]
pub async fn staff_scan_accept(counter: Held<'_>, input: ScanAcceptInput) -> Staff {
    off_thread(counter, move |counter| counter.scan_accept(&input)).await
}

/// Keeps the value that the clerk chose of several.
#[tauri::command]
pub async fn staff_conflict_settle(counter: Held<'_>, input: ConflictSettleInput) -> Staff {
    off_thread(counter, move |counter| counter.conflict_settle(&input)).await
}

/// Whose the document is that was read; nobody named: somebody new.
#[tauri::command]
pub async fn staff_card_holder(counter: Held<'_>, person: Option<String>) -> Staff {
    off_thread(counter, move |counter| counter.card_holder(person.as_deref())).await
}

/// Keeps that the identity was checked (本人確認).
#[tauri::command]
pub async fn staff_identity(counter: Held<'_>, input: IdentityInput) -> Staff {
    off_thread(counter, move |counter| counter.identity(input)).await
}

/// Takes in what stands on the 転出証明書.
#[tauri::command]
pub async fn staff_certificate(counter: Held<'_>, input: CertificateInput) -> Staff {
    off_thread(counter, move |counter| counter.certificate(input)).await
}

/// Reads the card with 照合番号B, for those without a PIN.
#[tauri::command]
pub async fn staff_card_code_b(counter: Held<'_>, input: CodeBInput) -> Staff {
    off_thread(counter, move |counter| counter.card_code_b(input)).await
}

/// Keeps several answers in one step.
#[tauri::command]
pub async fn staff_answers(counter: Held<'_>, input: AnswersInput) -> Staff {
    off_thread(counter, move |counter| counter.answers(input)).await
}

/// Takes answers of one person over for others (次の人も同じ).
#[tauri::command]
pub async fn staff_same_for(counter: Held<'_>, input: SameForInput) -> Staff {
    off_thread(counter, move |counter| counter.same_for(input)).await
}

/// Shows private values, or masks them again.
#[tauri::command]
pub async fn staff_private_open(counter: Held<'_>, input: PrivateOpenInput) -> Staff {
    off_thread(counter, move |counter| counter.private_open(input.open)).await
}

/// The clerk says that the person is alone, or no longer.
#[tauri::command]
pub async fn staff_alone(counter: Held<'_>, alone: bool) -> Staff {
    off_thread(counter, move |counter| counter.alone(alone)).await
}

/// Hands the question over to the resident, or takes it back.
#[tauri::command]
pub async fn staff_turn(counter: Held<'_>, turn: String) -> Staff {
    off_thread(counter, move |counter| counter.turn(&turn)).await
}

/// Keeps what became of a procedure.
#[tauri::command]
pub async fn staff_outcome(counter: Held<'_>, input: OutcomeInput) -> Staff {
    off_thread(counter, move |counter| counter.outcome(input)).await
}

/// Keeps that signatures were received.
#[tauri::command]
pub async fn staff_signed(counter: Held<'_>, input: SignedInput) -> Staff {
    off_thread(counter, move |counter| counter.signed(&input)).await
}

/// The clerk opened a step of the case.
#[tauri::command]
pub async fn staff_step(counter: Held<'_>, input: StepInput) -> Staff {
    off_thread(counter, move |counter| counter.step(&input)).await
}

/// Parks the case and rebuilds both pages.
#[tauri::command]
pub async fn staff_case_park<R: Runtime>(app: AppHandle<R>, counter: Held<'_>) -> Staff {
    leave_case(app, counter, Counter::case_park).await
}

/// Ends the case in one step and rebuilds both pages.
#[tauri::command]
pub async fn staff_finish<R: Runtime>(app: AppHandle<R>, counter: Held<'_>) -> Staff {
    leave_case(app, counter, Counter::finish).await
}

/// Locks the windows; the case on the desk waits for the same person.
#[tauri::command]
pub async fn staff_lock<R: Runtime>(app: AppHandle<R>, counter: Held<'_>) -> Staff {
    leave_case(app, counter, Counter::lock).await
}

/// Adds an account, or gives one a new passphrase.
#[tauri::command]
pub async fn staff_account_save(counter: Held<'_>, input: AccountInput) -> Staff {
    off_thread(counter, move |counter| counter.account_save(input)).await
}

/// Stops an account.
#[tauri::command]
pub async fn staff_account_stop(counter: Held<'_>, account: String) -> Staff {
    off_thread(counter, move |counter| counter.account_stop(&account)).await
}

/// Starts practice (練習モード).
#[tauri::command]
pub async fn staff_practice_start(counter: Held<'_>, input: PracticeInput) -> Staff {
    off_thread(counter, move |counter| counter.practice_start(&input)).await
}

/// Ends practice and deletes what was practised.
#[tauri::command]
pub async fn staff_practice_leave<R: Runtime>(app: AppHandle<R>, counter: Held<'_>) -> Staff {
    leave_case(app, counter, Counter::practice_leave).await
}

/// Lays a practice card on the reader, or takes it away.
#[tauri::command]
pub async fn staff_practice_card(counter: Held<'_>, card: Option<String>) -> Staff {
    off_thread(counter, move |counter| counter.practice_card(card.as_deref())).await
}

/// Changes the language of the resident's window.
#[tauri::command]
pub async fn staff_lang(counter: Held<'_>, lang: String) -> Staff {
    off_thread(counter, move |counter| counter.lang(&lang)).await
}

/// The clerk has come to the resident who called.
#[tauri::command]
pub async fn staff_call_seen(counter: Held<'_>) -> Staff {
    off_thread(counter, Counter::call_seen).await
}

/// Shows the list to keep on the resident's window, or no longer.
#[tauri::command]
pub async fn staff_list_show(counter: Held<'_>, show: bool) -> Staff {
    off_thread(counter, move |counter| counter.list_show(show)).await
}

/// What a page sent as plain bytes.
fn body<'a>(request: &'a Request<'_>) -> Result<&'a [u8], DoorError> {
    match request.body() {
        InvokeBody::Raw(bytes) => Ok(bytes),
        InvokeBody::Json(_) => Err(DoorError::of("frame-size")),
    }
}

/// The resident's window as it stands.
#[tauri::command]
pub async fn resident_view(counter: Held<'_>) -> Resident {
    off_thread(counter, |counter| Ok(counter.resident_view())).await
}

/// Reads the card with the PIN; `last_try` says that the resident chose to use the last try.
#[tauri::command]
pub async fn resident_pin(counter: Held<'_>, pin: Pin, last_try: bool) -> Resident {
    off_thread(counter, move |counter| counter.resident_pin(pin, last_try)).await
}

/// The resident does not know the PIN or does not want to give it.
#[tauri::command]
pub async fn resident_pin_decline(counter: Held<'_>) -> Resident {
    off_thread(counter, Counter::resident_pin_decline).await
}

/// The resident says whether what was read is right.
#[tauri::command]
pub async fn resident_confirm(counter: Held<'_>, correct: bool) -> Resident {
    off_thread(counter, move |counter| counter.resident_confirm(correct)).await
}

/// Keeps what the resident answered.
#[tauri::command]
pub async fn resident_answers(counter: Held<'_>, input: AnswersInput) -> Resident {
    off_thread(counter, move |counter| counter.resident_answers(input)).await
}

/// Changes the language of this window.
#[tauri::command]
pub async fn resident_lang(counter: Held<'_>, lang: String) -> Resident {
    off_thread(counter, move |counter| counter.resident_lang(&lang)).await
}

/// Changes size and contrast of the staff window.
#[tauri::command]
pub async fn staff_display(counter: Held<'_>, input: DisplayInput) -> Staff {
    off_thread(counter, move |counter| counter.display(&input)).await
}

/// Changes size, contrast and readings of this window.
#[tauri::command]
pub async fn resident_display(counter: Held<'_>, input: DisplayInput) -> Resident {
    off_thread(counter, move |counter| counter.resident_display(&input)).await
}

/// Calls the clerk.
#[tauri::command]
pub async fn resident_call(counter: Held<'_>) -> Resident {
    off_thread(counter, Counter::resident_call).await
}
