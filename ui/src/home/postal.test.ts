import { describe, expect, test, vi } from "vitest";
import type { Files } from "./boot";
import { Postal, readPostal } from "./postal";

test.each([
  ["1000001", "1000001"],
  ["100-0001", "1000001"],
  ["〒１００−０００１", "1000001"],
  [" 100 0001 ", "1000001"],
])("%s is read", (typed, code) => expect(readPostal(typed)).toBe(code));

test.each(["", "100", "10000011", "abcdefg"])("%j is no postal code", (typed) =>
  expect(readPostal(typed)).toBeNull(),
);

describe("the dictionary", () => {
  const dictionary = { "100": { 東京都千代田区: "0001千代田", 甲: "0002", 乙: "0002" } };
  function served(answer: () => Promise<unknown>) {
    const json = vi.fn(answer);
    return { json, postal: new Postal({ json } as unknown as Files, "postal.json") };
  }

  test("is fetched when it is first needed, and once", async () => {
    const { json, postal } = served(() => Promise.resolve(dictionary));
    expect(json).not.toHaveBeenCalled();
    expect(await postal.find("1000001")).toEqual(["東京都千代田区千代田"]);
    expect(await postal.find("1000002")).toEqual(["甲", "乙"]);
    expect(await postal.find("9999999")).toEqual([]);
    expect(json).toHaveBeenCalledTimes(1);
  });

  test("is fetched again after a failure", async () => {
    let tries = 0;
    const { postal } = served(() =>
      tries++ === 0 ? Promise.reject(new Error("offline")) : Promise.resolve(dictionary),
    );
    await expect(postal.find("1000001")).rejects.toThrow();
    expect(await postal.find("1000001")).toEqual(["東京都千代田区千代田"]);
  });
});
