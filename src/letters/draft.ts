import { createHash, randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { fits, sentDetail, staffHasRoom, tallyOf } from "../file-quota/room.ts";
import { keptOfSender } from "../file-quota/rules.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf, type PlainDate } from "../kernel/calendar.ts";
import { Conflict, Forbidden, Invalid } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import { isUuid } from "../kernel/uuid.ts";
import { policyOn } from "../policy/store.ts";
import { isSender, lockDraft, sendersOf, unitsToWrite } from "./desk.ts";
import { headMark, PAPER_SEAL } from "./marks.ts";
import { redrawn } from "./redraw.ts";
import { addresseesMost, type Fields, type LetterHead, parseGroup, parseHead, parseLines } from "./rules.ts";
import { faultOfPdf, hasOverPage, isSigned } from "./rules-pdf.ts";
import { isKnownMalicious } from "./scan-file.ts";
import { findLetter, insertLetter, type Letter, lettersKept, savePaper, updateDraft } from "./store.ts";
import { addresseesOf, removeAddressee, saveAddressees } from "./store-addressees.ts";

/** A new letter of the asker's office or unit, as a draft. Throws Invalid: every box and the PDF at once. */
export async function createDraft(
  house: House,
  staff: Staff,
  form: Fields,
  pdf: Uint8Array | undefined,
): Promise<string> {
  const { offices, units } = sendersOf(staff);
  const [officeCode = null] = offices;
  const unitCode = officeCode ? null : (units[0] ?? null);
  if (!officeCode && !unitCode) throw new Forbidden();
  const now = house.clock.now();
  const taken = await takePdf(house, form, pdf ?? new Uint8Array());
  const head = headOf(form, now, taken.faults);
  return inTransaction(house.db, async (tx) => {
    await checkReplaced(tx, staff, head);
    const id = await insertLetter(tx, { ...head, officeCode, unitCode, madeAt: now, madeBy: staff.staffId });
    await keepPdf(tx, house, { id, officeCode, unitCode, staff, at: now }, taken.pdf);
    await note(tx, staff, "letter.draft", { id, at: now, officeCode, pdf: taken.pdf });
    return id;
  });
}

/**
 * The head again, and another PDF where one was sent. Answers the mark of the head as it came. Throws NotAllowed once the
 * letter is sent, and Conflict where it would overwrite a head that its page (`shown`) had not seen; one in which nothing
 * was typed overwrites none.
 */
export async function changeHead(
  house: House,
  staff: Staff,
  id: string,
  form: Fields,
  pdf: Uint8Array | undefined,
): Promise<string> {
  const now = house.clock.now();
  const taken = pdf && (await takePdf(house, form, pdf));
  return inTransaction(house.db, async (tx) => {
    const letter = await lockDraft(tx, staff, id);
    const head = headOf(form, now, taken?.faults);
    const [kept, typed] = [headMark(letter), headMark(head)];
    const isUnseen = form.shown !== undefined && form.shown !== kept && typed !== kept;
    if (isUnseen && (taken || form.shown !== typed)) throw new Conflict("head_changed");
    if (isUnseen || (!taken && typed === kept)) return typed;
    await checkReplaced(tx, staff, head, id);
    await updateDraft(tx, id, head);
    if (taken) await keepPdf(tx, house, { ...letter, staff, at: now }, taken.pdf);
    await note(tx, staff, "letter.change", { ...letter, at: now, pdf: taken?.pdf });
    return typed;
  });
}

/**
 * The boxes of a draft's page after a refusal, with the mark of the head over which they were typed: that of the draft as
 * it is kept once the page has told of it. A head in which nothing was typed is shown as it is kept.
 */
export function boxesOf(
  letter: Letter,
  form: Fields,
  { today, isTold }: { today: PlainDate; isTold: boolean },
): Fields {
  const shown = headMark(letter);
  const head = parseHead(form, today);
  const typed = head.ok ? headMark(head.value) : undefined;
  if (typed !== undefined && typed === form.shown) return { group: form.group, lines: form.lines, shown };
  return typed === shown || isTold ? { ...form, shown } : form;
}

/** Adds a group: all units of some kinds in sight, and whoever stands in the lines. Answers how many lines it has now. */
export async function addGroup(
  house: House,
  staff: Staff,
  id: string,
  form: Fields,
  kinds: readonly string[],
): Promise<void> {
  const now = house.clock.now();
  const units = await unitsToWrite(house, staff);
  const wish = parseGroup(form, kinds);
  const lines = parseLines(form.lines ?? "", units);
  const faults = [...(wish.ok ? [] : wish.faults), ...(lines.ok ? [] : lines.faults)];
  if (!wish.ok || !lines.ok) throw new Invalid(faults);
  const ofKinds = units
    .filter(({ kind }) => wish.value.kinds.some((one) => one === kind))
    .map(({ unitCode, name }) => ({ unitCode, name, email: null, phone: null }));
  if (wish.value.kinds.length > 0 && ofKinds.length === 0 && lines.value.length === 0)
    throw new Invalid([{ field: "kinds", key: "no_units" }]);
  const most = await policyOn(house.db, addresseesMost, dayOf(now));
  await inTransaction(house.db, async (tx) => {
    await lockDraft(tx, staff, id);
    const rows = [...ofKinds, ...lines.value].map((row) => ({ ...row, addresseeId: randomUUID() }));
    await saveAddressees(tx, id, wish.value.group, rows);
    if ((await addresseesOf(tx, id)).length > most)
      throw new Invalid([{ field: "lines", key: "too_many", values: { left: most } }]);
  });
}

export async function removeFromDraft(house: House, staff: Staff, id: string, addresseeId: string): Promise<void> {
  await inTransaction(house.db, async (tx) => {
    await lockDraft(tx, staff, id);
    if (isUuid(addresseeId)) await removeAddressee(tx, id, addresseeId);
  });
}

/** `ofPdf`: the faults of a PDF that was sent with it. Without any it has to be chosen again where the head has some. */
function headOf(form: Fields, now: Date, ofPdf: readonly Fault[] | undefined): LetterHead {
  const head = parseHead(form, dayOf(now));
  const again = ofPdf?.length === 0 ? [{ field: "pdf", key: "pdf_again" }] : [];
  if (!head.ok) throw new Invalid([...head.faults, ...(ofPdf ?? []), ...again]);
  if (ofPdf && ofPdf.length > 0) throw new Invalid(ofPdf);
  return head.value;
}

/**
 * The letter as it may be kept: drawn anew, so that it tells of nothing but its pages. One that bears a digital signature
 * stays as it is, with all that it tells, once the sender has said so: else the signature would be void.
 */
async function takePdf(house: House, form: Fields, pdf: Uint8Array): Promise<{ pdf: Uint8Array; faults: Fault[] }> {
  const refused = (key: string) => ({ pdf, faults: [{ field: "pdf", key }] });
  const fault = faultOfPdf(pdf);
  if (fault) return refused(fault);
  if (await isKnownMalicious(house, pdf)) return refused("pdf_malicious");
  if (isSigned(pdf)) return form.keeps_signed === "yes" ? { pdf, faults: [] } : refused("pdf_signed");
  const drawn = hasOverPage(pdf) ? "pdf_undrawn" : await redrawn(pdf);
  return typeof drawn === "string" ? refused(drawn) : { pdf: drawn, faults: [] };
}

/** Only a letter of one's own that was sent, and that nothing has replaced yet. */
async function checkReplaced(tx: Tx, staff: Staff, head: LetterHead, id?: string): Promise<void> {
  if (!head.replacesId) return;
  const replaced = await findLetter(tx, head.replacesId);
  const isFit = replaced?.sentAt && !replaced.replacedBy && replaced.id !== id && isSender(sendersOf(staff), replaced);
  if (!isFit) throw new Invalid([{ field: "replaces", key: "replaces_unfit" }]);
}

interface Sent {
  id: string;
  officeCode: string | null;
  unitCode: string | null;
  staff: Staff;
  at: Date;
}

/** Throws Invalid where it is one too many: of this member of staff today, or of all that the office or unit keeps. */
async function keepPdf(tx: Tx, { vault }: House, sent: Sent, pdf: Uint8Array): Promise<void> {
  const { id, staff, at } = sent;
  const more = tallyOf([pdf]);
  const held = await lettersKept(tx, sent, id);
  if (!(await fits(tx, keptOfSender, { held, more, at }))) throw new Invalid([{ field: "pdf", key: "pdf_full" }]);
  if (!(await staffHasRoom(tx, staff.staffId, { more, at }))) throw new Invalid([{ field: "pdf", key: "pdf_spent" }]);
  const sha256 = createHash("sha256").update(pdf).digest();
  const sealed = vault.seal(PAPER_SEAL, pdf, id);
  await savePaper(tx, id, { sealed, sha256, sizeBytes: pdf.length, keyId: vault.keyId });
}

interface Noted {
  id: string;
  at: Date;
  officeCode: string | null;
  pdf: Uint8Array | undefined;
}

async function note(tx: Tx, actor: Staff, action: string, { id, at, officeCode, pdf }: Noted): Promise<void> {
  const object = { kind: "letter", id };
  const detail = pdf ? sentDetail(tallyOf([pdf])) : {};
  await record(tx, { at, actor, action, purpose: "rollout", object, officeCode: officeCode ?? undefined, detail });
}
