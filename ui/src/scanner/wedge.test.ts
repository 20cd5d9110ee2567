import { describe, expect, it } from "vitest";
import { MARK, Wedge, type Verdict } from "./wedge";

/** Types keys `gap` milliseconds apart and gives what became of each, and where the clock stands. */
function type(wedge: Wedge, codes: string[], gap: number, from = 0): { verdicts: Verdict[]; at: number } {
  let at = from;
  const verdicts = codes.map((code) => wedge.key({ code, at: (at += gap), chord: false, repeat: false }));
  return { verdicts, at };
}

const digits = (text: string, kind = "Digit") => Array.from(text, (digit) => `${kind}${digit}`);
const texts = (verdicts: Verdict[]) =>
  verdicts.flatMap((verdict) => (verdict.kind === "text" ? [verdict.text] : []));

describe("a scanner that types", () => {
  it.each(["Digit", "Numpad"])("is taken out of the keys after the mark, with %s keys", (kind) => {
    const code = `${MARK}0123456789`;
    const { verdicts } = type(new Wedge(), [...digits(code, kind), "Enter"], 3);
    expect(texts(verdicts)).toEqual([code]);
    expect(verdicts.filter(({ kind: each }) => each === "pass")).toHaveLength(MARK.length - 1);
  });

  it("ends with Tab as with Enter, and a second code follows at once", () => {
    const wedge = new Wedge();
    const keys = [...digits(`${MARK}1`), "Tab", ...digits(`${MARK}2`), "NumpadEnter"];
    expect(texts(type(wedge, keys, 12).verdicts)).toEqual([`${MARK}1`, `${MARK}2`]);
    expect(wedge.reading).toBe(false);
  });

  it("may send no Enter: silence ends the code", () => {
    const wedge = new Wedge();
    const { at } = type(wedge, digits(`${MARK}77`), 5);
    expect(wedge.silence(at + 299)).toBeNull();
    expect(wedge.silence(at + 300)).toBe(`${MARK}77`);
    expect(wedge.silence(at + 900)).toBeNull();
  });

  it("finds the mark behind digits that a person typed", () => {
    const { verdicts } = type(new Wedge(), [...digits(`4${MARK}9`), "Enter"], 4);
    expect(texts(verdicts)).toEqual([`${MARK}9`]);
  });

  it("cannot press keys in the middle of a code", () => {
    const wedge = new Wedge();
    type(wedge, digits(MARK), 3);
    const pressed = wedge.key({ code: "KeyW", at: 20, chord: true, repeat: false });
    expect(pressed).toEqual({ kind: "swallow" });
    expect(wedge.key({ code: "KeyA", at: 23, chord: false, repeat: false })).toEqual({ kind: "swallow" });
  });
});

describe("a person who types", () => {
  it("keeps every key, whatever they type", () => {
    const slow = type(new Wedge(), [...digits(MARK), "Enter"], 150).verdicts;
    const other = type(new Wedge(), [...digits("0901234"), "KeyA", "Enter"], 3).verdicts;
    for (const { kind } of [...slow, ...other]) expect(kind).toBe("pass");
  });

  it("keeps a digit that is held down, and shortcuts", () => {
    const wedge = new Wedge();
    const held = wedge.key({ code: "Digit4", at: 0, chord: false, repeat: true });
    const chord = wedge.key({ code: "Digit4", at: 5, chord: true, repeat: false });
    expect([held.kind, chord.kind]).toEqual(["pass", "pass"]);
  });

  it("has the keyboard back once a burst has fallen silent", () => {
    const wedge = new Wedge();
    const { at } = type(wedge, digits(MARK), 3);
    expect(wedge.key({ code: "Digit1", at: at + 301, chord: false, repeat: false })).toEqual({
      kind: "pass",
    });
  });
});
