import type { Db } from "../db/house.ts";
import { type Declaration, eventsOf } from "./store.ts";

/** Why a file was not accepted, in the sentence that the person was sent; undefined when it was not refused. */
export async function refusalReason(db: Db, file: Declaration): Promise<string | undefined> {
  if (file.status !== "refused") return undefined;
  const sentence = (await eventsOf(db, file.id)).find(({ kind }) => kind === "refused")?.detail.sentence;
  return typeof sentence === "string" ? sentence : undefined;
}
