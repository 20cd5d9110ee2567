/**
 * Every call to Rust, typed, and nothing else: one function per command. The staff page calls `staff`, the
 * resident's page calls `resident`; Rust refuses the other's.
 */
import { invoke } from "@tauri-apps/api/core";
import type {
  AnswerInput,
  ConflictSettleInput,
  PersonInput,
  PreviewPage,
  PrinterView,
  PrintInput,
  ResidentView,
  ScanAcceptInput,
  ScanTextInput,
  SettleInput,
  SetUpInput,
  SignInInput,
  StaffView,
} from "./generated/door";

export const staff = {
  view: () => invoke<StaffView>("staff_view"),
  setUp: (input: SetUpInput) => invoke<StaffView>("staff_set_up", { input }),
  signIn: (input: SignInInput) => invoke<StaffView>("staff_sign_in", { input }),
  signOut: () => invoke<StaffView>("staff_sign_out"),
  caseNew: (event: string) => invoke<StaffView>("staff_case_new", { event }),
  caseOpen: (id: string) => invoke<StaffView>("staff_case_open", { id }),
  caseEnd: () => invoke<StaffView>("staff_case_end"),
  devicesRefresh: () => invoke<StaffView>("staff_devices_refresh"),
  cardAskPin: () => invoke<StaffView>("staff_card_ask_pin"),
  cardCancel: () => invoke<StaffView>("staff_card_cancel"),
  answer: (input: AnswerInput) => invoke<StaffView>("staff_answer", { input }),
  undo: () => invoke<StaffView>("staff_undo"),
  personSave: (input: PersonInput) => invoke<StaffView>("staff_person_save", { input }),
  personRemove: (id: string) => invoke<StaffView>("staff_person_remove", { id }),
  preview: (paper: string) => invoke<PreviewPage[]>("staff_preview", { paper }),
  settle: (input: SettleInput) => invoke<StaffView>("staff_settle", { input }),
  /** Asks every printer, so it may take some seconds. */
  printers: () => invoke<PrinterView[]>("staff_printers"),
  /** No paper named means all of them. */
  print: (input: PrintInput) => invoke<StaffView>("staff_print", { input }),
  printCancel: () => invoke<StaffView>("staff_print_cancel"),
  printLeave: () => invoke<StaffView>("staff_print_leave"),
  /** Jobs count from 0. */
  printCameOut: (job: number, yes: boolean) => invoke<StaffView>("staff_print_came_out", { job, yes }),
  handOver: () => invoke<StaffView>("staff_hand_over"),
  scanText: (input: ScanTextInput) => invoke<StaffView>("staff_scan_text", { input }),
  /** Width and height as 32-bit numbers, least byte first, then one byte a pixel. */
  scanFrame: (frame: Uint8Array) => invoke<null>("staff_scan_frame", frame),
  /** The bytes of a PNG, JPEG or PGM. */
  scanImage: (file: Uint8Array) => invoke<StaffView>("staff_scan_image", file),
  /** `keep`: the part that belonged to another sheet is the first of the new one. */
  scanReset: (keep: boolean) => invoke<StaffView>("staff_scan_reset", { keep }),
  scanAccept: (input: ScanAcceptInput) => invoke<StaffView>("staff_scan_accept", { input }),
  conflictSettle: (input: ConflictSettleInput) => invoke<StaffView>("staff_conflict_settle", { input }),
  /** Nobody named: somebody new. */
  cardHolder: (person: string | null) => invoke<StaffView>("staff_card_holder", { person }),
};

export const resident = {
  view: () => invoke<ResidentView>("resident_view"),
  pin: (pin: string, lastTry: boolean) => invoke<ResidentView>("resident_pin", { pin, lastTry }),
  pinDecline: () => invoke<ResidentView>("resident_pin_decline"),
  confirm: (correct: boolean) => invoke<ResidentView>("resident_confirm", { correct }),
};
