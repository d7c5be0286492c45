import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";

/** Moving a file to another office: never without a reason that the other office can read. Pure. */
export const REASON_AT_MOST = 300;
const REASON_AT_LEAST = 5;

export interface Transfer {
  toOfficeCode: string;
  reason: string;
}

export function parseTransfer(form: { office?: string; reason?: string }, from: string): Outcome<Transfer, Fault[]> {
  const toOfficeCode = form.office?.trim() ?? "";
  const reason = tidyReason(form.reason ?? "");
  const faults: Fault[] = [];
  if (!toOfficeCode) faults.push({ field: "office", key: "office_missing" });
  if (toOfficeCode === from) faults.push({ field: "office", key: "office_same" });
  faults.push(...faultsOfReason(reason));
  return faults.length > 0 ? bad(faults) : good({ toOfficeCode, reason });
}

/** One line, as it will stand in the history of the file. */
export function tidyReason(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
}

export function faultsOfReason(reason: string): Fault[] {
  if (reason.length > REASON_AT_MOST) return [{ field: "reason", key: "transfer_reason_long" }];
  const letters = reason.replace(/[^\p{L}\p{N}]/gu, "").length;
  return letters < REASON_AT_LEAST ? [{ field: "reason", key: "transfer_reason_missing" }] : [];
}
