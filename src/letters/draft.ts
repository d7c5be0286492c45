import { createHash, randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Forbidden, Invalid } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import { isUuid } from "../kernel/uuid.ts";
import { policyOn } from "../policy/store.ts";
import { isSender, lockDraft, sendersOf, unitsToWrite } from "./desk.ts";
import { PAPER_SEAL } from "./marks.ts";
import { addresseesMost, type Fields, type LetterHead, parseGroup, parseHead, parseLines } from "./rules.ts";
import { faultOfPdf } from "./rules-pdf.ts";
import { isKnownMalicious } from "./scan-file.ts";
import { findLetter, insertLetter, savePaper, updateDraft } from "./store.ts";
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
  const head = headOf(form, now, await faultsOfPdf(house, pdf ?? new Uint8Array()));
  return inTransaction(house.db, async (tx) => {
    await checkReplaced(tx, staff, head);
    const id = await insertLetter(tx, { ...head, officeCode, unitCode, madeAt: now, madeBy: staff.staffId });
    await keepPdf(tx, house, id, pdf ?? new Uint8Array());
    await note(tx, staff, "letter.draft", id, now, officeCode);
    return id;
  });
}

/** The head again, and another PDF where one was sent. Throws NotAllowed once the letter is sent. */
export async function changeHead(
  house: House,
  staff: Staff,
  id: string,
  form: Fields,
  pdf: Uint8Array | undefined,
): Promise<void> {
  const now = house.clock.now();
  const faults = pdf ? await faultsOfPdf(house, pdf) : [];
  await inTransaction(house.db, async (tx) => {
    const letter = await lockDraft(tx, staff, id);
    const head = headOf(form, now, faults);
    await checkReplaced(tx, staff, head, id);
    await updateDraft(tx, id, head);
    if (pdf) await keepPdf(tx, house, id, pdf);
    await note(tx, staff, "letter.change", id, now, letter.officeCode);
  });
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

function headOf(form: Fields, now: Date, more: readonly Fault[]): LetterHead {
  const head = parseHead(form, dayOf(now));
  if (!head.ok) throw new Invalid([...head.faults, ...more]);
  if (more.length > 0) throw new Invalid(more);
  return head.value;
}

async function faultsOfPdf(house: House, pdf: Uint8Array): Promise<Fault[]> {
  const fault = faultOfPdf(pdf) ?? ((await isKnownMalicious(house, pdf)) ? "pdf_malicious" : undefined);
  return fault ? [{ field: "pdf", key: fault }] : [];
}

/** Only a letter of one's own that was sent, and that nothing has replaced yet. */
async function checkReplaced(tx: Tx, staff: Staff, head: LetterHead, id?: string): Promise<void> {
  if (!head.replacesId) return;
  const replaced = await findLetter(tx, head.replacesId);
  const isFit = replaced?.sentAt && !replaced.replacedBy && replaced.id !== id && isSender(sendersOf(staff), replaced);
  if (!isFit) throw new Invalid([{ field: "replaces", key: "replaces_unfit" }]);
}

async function keepPdf(tx: Tx, { vault }: House, id: string, pdf: Uint8Array): Promise<void> {
  const sha256 = createHash("sha256").update(pdf).digest();
  const sealed = vault.seal(PAPER_SEAL, pdf, id);
  await savePaper(tx, id, { sealed, sha256, sizeBytes: pdf.length, keyId: vault.keyId });
}

async function note(tx: Tx, actor: Staff, action: string, id: string, at: Date, office: string | null): Promise<void> {
  const object = { kind: "letter", id };
  await record(tx, { at, actor, action, purpose: "rollout", object, officeCode: office ?? undefined });
}
