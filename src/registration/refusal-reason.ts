import type { Db } from "../db/house.ts";
import { type Declaration, eventsOf } from "./store.ts";

/** Why a file was not accepted, as the person was told in the language of the file. */
export interface Refused {
  sentence: string;
  /** What each ground says is wrong. */
  reasons: string[];
}

/** Undefined when it was not refused. */
export async function refusalReason(db: Db, file: Declaration): Promise<Refused | undefined> {
  if (file.status !== "refused") return undefined;
  const detail = (await eventsOf(db, file.id)).find(({ kind }) => kind === "refused")?.detail;
  if (typeof detail?.sentence !== "string") return undefined;
  const reasons = Array.isArray(detail.reasons) ? detail.reasons.map(String) : [];
  return { sentence: detail.sentence, reasons };
}
