/** The camera (カメラ): frames as one byte a pixel, several a second, none of them kept. */

/** Frames a second: more than the decoder needs. */
const RATE = 6;

/** A camera that is on. */
export interface Camera {
  stream: MediaStream;
  stop: () => void;
}

/** Why there is no picture, as a code of our own. */
export type CameraFault = "camera-missing" | "camera-refused" | "camera-busy" | "camera-failed";

/** Turns the camera on. */
export async function openCamera(): Promise<Camera> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { width: { ideal: 1920 }, height: { ideal: 1080 }, facingMode: { ideal: "environment" } },
  });
  return {
    stream,
    stop: () => {
      for (const track of stream.getTracks()) track.stop();
    },
  };
}

/** What an exception of {@link openCamera} means. */
export function cameraFault(reason: unknown): CameraFault {
  const name = reason instanceof Error || reason instanceof DOMException ? reason.name : "";
  if (["NotFoundError", "OverconstrainedError", "DevicesNotFoundError"].includes(name))
    return "camera-missing";
  if (name === "NotAllowedError" || name === "SecurityError") return "camera-refused";
  return name === "NotReadableError" || name === "AbortError" ? "camera-busy" : "camera-failed";
}

/** A frame as the door takes it: width and height, least byte first, then the brightness of each pixel. */
export function frameOf({ width, height, data }: ImageData): Uint8Array {
  const frame = new Uint8Array(8 + width * height);
  const head = new DataView(frame.buffer);
  head.setUint32(0, width, true);
  head.setUint32(4, height, true);
  for (let pixel = 0, at = 0; pixel < width * height; pixel += 1, at += 4) {
    // ITU-R BT.601, in 256ths.
    frame[8 + pixel] = (77 * (data[at] ?? 0) + 150 * (data[at + 1] ?? 0) + 29 * (data[at + 2] ?? 0)) >> 8;
  }
  return frame;
}

/**
 * Gives frames of a running video to `take`, the next one when it has answered. Gives the way to stop.
 */
export function watch(video: HTMLVideoElement, take: (frame: Uint8Array) => Promise<unknown>): () => void {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  let timer = 0;
  let over = false;
  const next = () => {
    if (!over) timer = window.setTimeout(() => void look(), 1000 / RATE);
  };
  async function look() {
    const { videoWidth: width, videoHeight: height } = video;
    if (pen !== null && width > 0 && height > 0 && document.visibilityState === "visible") {
      canvas.width = width;
      canvas.height = height;
      pen.drawImage(video, 0, 0);
      await take(frameOf(pen.getImageData(0, 0, width, height)));
    }
    next();
  }
  next();
  return () => {
    over = true;
    window.clearTimeout(timer);
  };
}
