import { afterEach, describe, expect, test, vi } from "vitest";
import { NONE, put } from "./answers";
import { Shelf, kept, openFile, readKept, sealFile } from "./keep";

const answers = put({ ...NONE, people: ["p1"], complete: true }, "name", "p1", { value: "見本　𠮷子" });
const copy = kept(answers, "999999", "vi", "2026-11-20");
const PHRASE = "青い空と白い雲と海";

describe("a file opens with its pass phrase and with no other", () => {
  test("what comes out is what went in", async () => {
    expect(await openFile(await sealFile(copy, PHRASE), PHRASE)).toEqual({ kept: copy });
  });

  test("nothing of the answers can be read in it", async () => {
    const text = await sealFile(copy, PHRASE);
    expect(text).not.toContain("見本");
    expect(text).not.toBe(await sealFile(copy, PHRASE));
    expect((JSON.parse(text) as { rounds: number }).rounds).toBeGreaterThanOrEqual(600_000);
  });

  test("another phrase and a changed byte are told alike", async () => {
    const text = await sealFile(copy, PHRASE);
    expect(await openFile(text, `${PHRASE}!`)).toEqual({ fault: "wrong" });
    const file = JSON.parse(text) as { data: string };
    const first = file.data.startsWith("A") ? "B" : "A";
    const changed = JSON.stringify({ ...file, data: first + file.data.slice(1) });
    expect(await openFile(changed, PHRASE)).toEqual({ fault: "wrong" });
  });

  test("a phrase typed in another width is the same", async () => {
    const text = await sealFile(copy, "ABCDEF123456");
    expect(await openFile(text, "ＡＢＣＤＥＦ１２３４５６")).toEqual({ kept: copy });
  });

  test.each(["", "null", "[]", "{}", "not JSON", '{"kakanai":"home 9"}'])(
    "%j is no such file",
    async (text) => expect(await openFile(text, PHRASE)).toEqual({ fault: "foreign" }),
  );

  test("a file that asks for endless work is refused", async () => {
    const file = JSON.parse(await sealFile(copy, PHRASE)) as object;
    const endless = JSON.stringify({ ...file, rounds: 2_000_000_000 });
    expect(await openFile(endless, PHRASE)).toEqual({ fault: "foreign" });
  });
});

class Memory {
  readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, text: string) => void this.items.set(key, text);
  removeItem = (key: string) => void this.items.delete(key);
}

describe("what this browser keeps", () => {
  afterEach(() => vi.unstubAllGlobals());

  test("is found until its day and then deleted", () => {
    const memory = new Memory();
    vi.stubGlobal("localStorage", memory);
    const shelf = new Shelf("999999");
    expect(shelf.put(copy)).toBe(true);
    expect(shelf.look("2026-12-20")).toEqual(copy);
    expect(shelf.look("2026-12-21")).toBeNull();
    expect(memory.items.size).toBe(0);
  });

  test("is another town's business in another town", () => {
    vi.stubGlobal("localStorage", new Memory());
    new Shelf("999999").put(copy);
    expect(new Shelf("111111").look("2026-11-20")).toBeNull();
  });

  test("a storage that is forbidden keeps nothing and breaks nothing", () => {
    vi.stubGlobal("localStorage", {
      getItem: () => {
        throw new Error("denied");
      },
    });
    const shelf = new Shelf("999999");
    expect(shelf.put(copy)).toBe(false);
    expect(shelf.look("2026-11-20")).toBeNull();
    expect(() => shelf.clear()).not.toThrow();
  });

  test.each(["", "7", '{"format":"kakanai home 1"}', '{"format":"x","answers":{}}'])(
    "%j is not ours",
    (text) => expect(readKept(text)).toBeNull(),
  );
});
