import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { advance, onFile } from "../registration/advance.ts";
import type { Declaration } from "../registration/store.ts";
import { type Desk, lockForDecision, lockOwnFile, overtakenBy } from "./desk.ts";
import { loadDossier } from "./dossier.ts";
import { fileCodeIn } from "./rules-query.ts";
import { type PaperReading, parseReading, type ReadingForm } from "./rules-reading.ts";
import { insertReading, lockDesk, readingsOf } from "./store.ts";
import { refuseFullHands } from "./take.ts";

/**
 * The signed form and the ID paper lie on the counter (letter 330, annex 1, steps 3 and 4): keeps what
 * the officer reads from the paper, starts the 15 minutes, and puts the file on the officer's desk.
 */
export async function receive(house: House, staff: Staff, code: string, form: ReadingForm): Promise<Declaration> {
  const at = house.clock.now();
  const reading = cleanReading(form, at);
  refuseOtherForm(form, code);
  return onFile(house, at, async (tx) => {
    await lockDesk(tx, staff.staffId);
    const { file, desk } = await lockOwnFile(tx, staff, code);
    if (file.status !== "confirmed") throw await overtakenBy(tx, file);
    await refuseFullHands(tx, staff, desk.officeCode);
    const step = { actor: staff, at, officeCode: desk.officeCode };
    await advance(tx, code, { ...step, kind: "received" });
    const taken = await advance(tx, code, { ...step, kind: "taken" });
    await keepReading(tx, staff, taken, reading, at);
    await recordReading(tx, staff, taken, desk, at, "review.receive");
    return taken;
  });
}

/** The paper is read again, because the first reading was mistyped, or another paper is read: history keeps both. */
export async function readAgain(house: House, staff: Staff, code: string, form: ReadingForm): Promise<Declaration> {
  const at = house.clock.now();
  const reading = cleanReading(form, at);
  return onFile(house, at, async (tx) => {
    const { file, desk } = await lockForDecision(tx, staff, code);
    const no = await keepReading(tx, staff, file, reading, at);
    const step = {
      kind: "paper_filed",
      actor: staff,
      at,
      officeCode: desk.officeCode,
      detail: { reading: no },
    } as const;
    const filed = await advance(tx, code, step);
    await recordReading(tx, staff, file, desk, at, "review.read_again");
    return filed;
  });
}

/** The signed form on the counter bears the code of another file: an old print, or somebody else's. */
function refuseOtherForm(form: ReadingForm, code: string): void {
  const scanned = (form.form_code ?? "").trim();
  if (!scanned || fileCodeIn(scanned) === code) return;
  throw new Invalid([{ field: "form_code", key: fileCodeIn(scanned) ? "form_code_other" : "scan_unreadable" }]);
}

function cleanReading(form: ReadingForm, now: Date): PaperReading {
  const parsed = parseReading(form, now);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  return parsed.value;
}

async function keepReading(tx: Tx, staff: Staff, file: Declaration, reading: PaperReading, at: Date): Promise<number> {
  const before = await readingsOf(tx, file.id);
  const no = (before.at(-1)?.no ?? 0) + 1;
  const replaces = reading.isAnotherPaper ? undefined : before.at(-1)?.no;
  await insertReading(tx, file.id, { ...reading, no, replaces, readAt: at, readBy: staff.staffId });
  return no;
}

async function recordReading(
  tx: Tx,
  staff: Staff,
  file: Declaration,
  desk: Desk,
  at: Date,
  action: string,
): Promise<void> {
  // Before acceptance the file names no person; whose record lies beside it is known by the numbers.
  const { person } = await loadDossier(tx, file, at);
  await record(tx, {
    at,
    actor: staff,
    action,
    purpose: "review",
    personId: person?.personId,
    object: { kind: "declaration", id: file.code },
    officeCode: desk.officeCode,
  });
}
