/**
 * What a window shows: the newest view from Rust, the last error, and whether a call is under way. A window
 * holds no state of a case beside this.
 */
import { listen } from "@tauri-apps/api/event";
import type { DoorError } from "./generated/door";

export class WindowView<View> {
  /** The newest view; `null` until Rust has answered once. */
  current = $state.raw<View | null>(null);
  /** Why the last call did not do what was asked. */
  error = $state.raw<DoorError | null>(null);
  /** A call is under way; a second one has to wait. */
  busy = $state(false);

  readonly #ask: () => Promise<View>;
  #asking = false;
  #outdated = false;
  /** How many commands have answered: a view asked for before the last of them may be older than its answer. */
  #answered = 0;

  constructor(ask: () => Promise<View>) {
    this.#ask = ask;
  }

  /** Asks once and then whenever Rust says that something has changed. */
  async start(): Promise<void> {
    await listen("view-changed", () => void this.refresh());
    await this.refresh();
  }

  /** Asks for the view; when it changes meanwhile, asks again, so that the last word is the newest. */
  async refresh(): Promise<void> {
    this.#outdated = true;
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#outdated) {
        this.#outdated = false;
        const before = this.#answered;
        const view = await this.#ask();
        if (before === this.#answered) this.current = view;
      }
    } catch (reason) {
      this.error = asDoorError(reason);
    } finally {
      this.#asking = false;
    }
  }

  /** Runs a command that answers with the new view. Says whether it was done. */
  async run(command: () => Promise<View>): Promise<boolean> {
    const answer = await this.call(command);
    if (answer === null) return false;
    this.#answered += 1;
    this.current = answer;
    await this.refresh();
    return true;
  }

  /** Tells Rust something that nobody waits for: it holds up no command, and its failing is shown. */
  async tell(command: () => Promise<View>): Promise<void> {
    try {
      await command();
      await this.refresh();
    } catch (reason) {
      this.error = asDoorError(reason);
    }
  }

  /** Runs a command that answers with something else; `null` when it was not done. */
  async call<Answer>(command: () => Promise<Answer>): Promise<Answer | null> {
    if (this.busy) return null;
    this.busy = true;
    this.error = null;
    try {
      return await command();
    } catch (reason) {
      this.error = asDoorError(reason);
      return null;
    } finally {
      this.busy = false;
    }
  }
}

/** Rust answers with a `DoorError`; anything else comes from the shell itself and has no words of its own. */
function asDoorError(reason: unknown): DoorError {
  if (typeof reason === "object" && reason !== null && "code" in reason && "details" in reason) {
    return reason as DoorError;
  }
  return { code: "internal", details: {} };
}
