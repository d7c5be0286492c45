import type { Cursor } from "./store-json.ts";

/** Where the next page of visits begins, opaque to the asker. */
export function writeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.admittedAt}|${cursor.visitId}`).toString("base64url");
}

export function readCursor(text: string): Cursor | undefined {
  const [, admittedAt, visitId] =
    /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
      Buffer.from(text, "base64url").toString("latin1"),
    ) ?? [];
  if (admittedAt === undefined || visitId === undefined || Number.isNaN(Date.parse(admittedAt))) return undefined;
  return { admittedAt, visitId };
}
