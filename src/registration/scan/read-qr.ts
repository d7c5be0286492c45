import { findInQr } from "./find-in-qr.ts";
import { readCardQr } from "./rules-card-qr.ts";
import type { CardReading } from "./rules-card-reading.ts";

export const readQrFrom = (canvas: HTMLCanvasElement): Promise<CardReading | undefined> => findInQr(canvas, readCardQr);
