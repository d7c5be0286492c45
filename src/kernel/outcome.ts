/** What a parser answers: a clean value, or the faults by field. A fault is a key into the feature's words. */
export type Outcome<T, F> = { ok: true; value: T } | { ok: false; faults: F };

export const good = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const bad = <F>(faults: F): { ok: false; faults: F } => ({ ok: false, faults });

/** One fault of one field: `key` names the sentence, `values` fill it. Never carries what the person typed. */
export interface Fault {
  field: string;
  key: string;
  values?: Record<string, string | number>;
}
