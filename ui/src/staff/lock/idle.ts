/** When nobody is at the desk: after so many minutes without a key or a touch the window says that it will lock. */

/** Seconds in which somebody can still say that he is there. */
export const COUNTDOWN_SECONDS = 45;

/** Milliseconds of stillness until the countdown begins; the window is locked `minutes` after the last touch. */
export const stillness = (minutes: number) => Math.max(minutes * 60 - COUNTDOWN_SECONDS, 1) * 1000;

/** Calls once when nothing has happened for so long; every touch begins anew. Nothing is kept but the moment. */
export class Idle {
  readonly #after: number;
  readonly #onidle: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(minutes: number, onidle: () => void) {
    this.#after = stillness(minutes);
    this.#onidle = onidle;
    this.touch();
  }

  touch(): void {
    this.stop();
    this.#timer = setTimeout(this.#onidle, this.#after);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
