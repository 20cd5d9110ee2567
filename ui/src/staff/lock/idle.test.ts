import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Idle, stillness } from "./idle";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the countdown ends when the minutes of the settings are over", () => {
  expect(stillness(10)).toBe(555_000);
  expect(stillness(1)).toBe(15_000);
});

test("a touch begins anew, stillness calls once", () => {
  const onidle = vi.fn();
  const idle = new Idle(1, onidle);
  vi.advanceTimersByTime(14_000);
  idle.touch();
  vi.advanceTimersByTime(14_999);
  expect(onidle).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(onidle).toHaveBeenCalledTimes(1);
});

test("stopped, it never calls", () => {
  const onidle = vi.fn();
  new Idle(1, onidle).stop();
  vi.advanceTimersByTime(3_600_000);
  expect(onidle).not.toHaveBeenCalled();
});
