/** What the page needs from its files: the rules with the pack, texts in the languages that are used, readings. */
import { type Boot, Files, type Texts } from "./boot";
import { Readings } from "./furigana";
import { Refused, Rules, isTrap } from "./rules";
import { words } from "./words.svelte";

/** From when on a wait is called long, in milliseconds. */
const LONG = 8_000;

/** Where an office is found. */
interface Office {
  id: string;
  place: string;
  phone: string;
}

interface Core {
  offices?: Office[];
  texts?: Record<string, Texts>;
}

export class Supply {
  /** The rules: on their way, slowly so, there, not to be had, or failing. */
  state = $state.raw<"loading" | "slow" | "ready" | "missing" | "broken">("loading");
  /** Somebody waits for the rules, or for what they work out. */
  waiting = $state.raw(false);
  offices = $state.raw<Partial<Record<string, Office>>>({});
  readonly files: Files;

  readonly #boot: Boot;
  readonly #onAgain: () => void;
  #rules: Rules | null = null;
  #core: Core = {};
  #hasReadings = false;
  #ready: Promise<void> = Promise.resolve();
  #choose: () => void = () => undefined;
  /** The rules are opened once the language is known: opening them twice would cost a slow phone a second. */
  readonly #chosen = new Promise<void>((choose) => (this.#choose = choose));

  /** @param onAgain told when the rules had a fault that was made good */
  constructor(boot: Boot, onAgain: () => void) {
    this.#boot = boot;
    this.#onAgain = onAgain;
    this.files = new Files(boot);
    words.begin(boot);
  }

  /** Whether the rules can be asked at once. */
  get isThere() {
    return this.#rules !== null;
  }

  /** Fetches everything; again after a failure. */
  load(): Promise<void> {
    this.#rules = null;
    this.state = "loading";
    let slow: ReturnType<typeof setTimeout> | undefined;
    void this.#chosen.then(() => {
      slow = setTimeout(() => {
        if (this.state === "loading") this.state = "slow";
      }, LONG);
    });
    this.#ready = this.#fetch()
      .then(() => {
        this.state = "ready";
      })
      .catch(() => {
        this.state = "missing";
      })
      .finally(() => clearTimeout(slow));
    return this.#ready;
  }

  async #fetch() {
    const { files } = this.#boot;
    const [module, core] = await Promise.all([
      this.files.bytes(files.engine),
      this.files.json(files.pack) as Promise<Core>,
      this.#texts("ja"),
    ]);
    await this.#chosen;
    await Promise.all([this.#texts(words.lang), this.#readings(words.lang)]);
    this.#core = core;
    this.offices = Object.fromEntries((core.offices ?? []).map((office) => [office.id, office]));
    await this.#open(module);
  }

  async #open(module: ArrayBuffer) {
    const texts = Object.fromEntries(words.languages.map((lang) => [lang, words.texts(lang)]));
    this.#rules = await Rules.open(module, JSON.stringify({ ...this.#core, texts }), this.#onAgain);
  }

  async #texts(lang: string) {
    const place = this.#boot.files.texts[lang];
    if (words.has(lang) || place === undefined) return;
    words.add(lang, ((await this.files.json(place)) as { texts: Texts }).texts);
  }

  /** Only who reads Japanese needs its readings. */
  async #readings(lang: string) {
    if (this.#hasReadings || !lang.startsWith("ja")) return;
    try {
      words.readings = new Readings(
        (await this.files.json(this.#boot.files.readings)) as Record<string, string>,
      );
      this.#hasReadings = true;
    } catch {
      // Without readings the words stand as they are.
    }
  }

  /** Has the texts of the language that was chosen ready, for the page and for the rules. */
  bringLanguage() {
    const { lang } = words;
    this.#choose();
    this.#ready = this.#ready.then(async () => {
      await this.#readings(lang);
      if (words.has(lang) || this.#boot.files.texts[lang] === undefined) return;
      try {
        await this.#texts(lang);
        if (this.#rules !== null) await this.#open(await this.files.bytes(this.#boot.files.engine));
      } catch {
        this.state = "missing";
      }
    });
  }

  /**
   * Does what needs the rules, after they have come; a fault of the module is made good once. `null` when they cannot
   * be had, which `state` says. Throws only what the sealing refuses.
   */
  async work<T>(work: (rules: Rules) => T): Promise<T | null> {
    this.waiting = true;
    try {
      await this.#ready;
      if (this.#rules === null) return null;
      try {
        return work(this.#rules);
      } catch (error) {
        if (!isTrap(error)) throw error;
        await this.#rules.again();
        return work(this.#rules);
      }
    } catch (error) {
      if (error instanceof Refused && error.call === "prefill_encode") throw error;
      this.state = "broken";
      return null;
    } finally {
      this.waiting = false;
    }
  }
}
