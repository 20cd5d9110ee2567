import { describe, expect, it } from "vitest";
import { cameraFault, frameOf } from "./camera";

describe("a frame", () => {
  it("is its size and then one byte a pixel", () => {
    const data = new Uint8ClampedArray([255, 255, 255, 255, 0, 0, 0, 255, 255, 0, 0, 255, 0, 255, 0, 255]);
    const frame = frameOf({ width: 2, height: 2, data, colorSpace: "srgb" });
    expect([...frame]).toEqual([2, 0, 0, 0, 2, 0, 0, 0, 255, 0, 76, 149]);
  });
});

describe("a camera that cannot be used", () => {
  it.each([
    ["NotFoundError", "camera-missing"],
    ["OverconstrainedError", "camera-missing"],
    ["NotAllowedError", "camera-refused"],
    ["NotReadableError", "camera-busy"],
    ["TypeError", "camera-failed"],
  ])("%s is %s", (name, fault) => {
    expect(cameraFault(Object.assign(new Error("x"), { name }))).toBe(fault);
  });
});
