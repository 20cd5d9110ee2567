import { expect, test, vi } from "vitest";
import { WindowView } from "./window.svelte";

vi.mock("@tauri-apps/api/event", () => ({ listen: vi.fn() }));

/** A question to Rust that the test answers when it wants. */
function questions() {
  const open: ((view: string) => void)[] = [];
  const ask = () => new Promise<string>((answer) => open.push(answer));
  return { ask, answer: (view: string) => open.shift()?.(view), open };
}

test("a change while the view is being asked for is not lost", async () => {
  const { ask, answer, open } = questions();
  const view = new WindowView(ask);
  const first = view.refresh();
  void view.refresh();
  answer("old");
  await vi.waitUntil(() => open.length === 1);
  answer("new");
  await first;
  expect(view.current).toBe("new");
});

test("a view asked for before a command answered never stands in place of its answer", async () => {
  const { ask, answer, open } = questions();
  const view = new WindowView(ask);
  const refreshing = view.refresh();
  const running = view.run(() => Promise.resolve("answer"));
  await vi.waitUntil(() => view.current === "answer");
  answer("older");
  await vi.waitUntil(() => open.length === 1);
  expect(view.current).toBe("answer");
  answer("newest");
  await Promise.all([refreshing, running]);
  expect(view.current).toBe("newest");
});

test("while a command runs a second one is not sent", async () => {
  const view = new WindowView(() => Promise.resolve("view"));
  const { ask, answer } = questions();
  const second = vi.fn(() => Promise.resolve("second"));
  const running = view.run(ask);
  expect(await view.run(second)).toBe(false);
  answer("first");
  expect(await running).toBe(true);
  expect(second).not.toHaveBeenCalled();
  expect(view.busy).toBe(false);
});

test("a refusal of Rust is kept with its code; a fault of the shell has the code internal", async () => {
  const view = new WindowView(() => Promise.resolve("view"));
  const refused = { code: "no-card", details: {} };
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what Tauri rejects with
  expect(await view.run(() => Promise.reject(refused))).toBe(false);
  expect(view.error).toEqual(refused);
  await view.run(() => Promise.reject(new Error("not allowed")));
  expect(view.error?.code).toBe("internal");
  await view.run(() => Promise.resolve("view"));
  expect(view.error).toBeNull();
});
