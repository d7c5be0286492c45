import { issueAccount } from "../account/issue-account.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { acceptWard } from "../guardian/accept-ward.ts";
import { isForWard } from "../guardian/rules-declared.ts";
import type { Staff } from "../kernel/actor.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { Invalid, NotAllowed } from "../kernel/failures.ts";
import { enqueue } from "../notices/enqueue.ts";
import { enrol } from "../register/enrol.ts";
import { advance, onFile } from "../registration/advance.ts";
import type { Declaration } from "../registration/store.ts";
import { type Desk, lockForDecision } from "./desk.ts";
import { type Dossier, loadDossier, numberKind } from "./dossier.ts";
import { ruleOn } from "./rules.ts";

/** Acceptance is refused by the comparison itself: which fields and facts stand in the way. */
export class NotAcceptable extends NotAllowed {
  constructor(
    readonly ruling: "supervisor_missing" | "impossible",
    readonly inTheWay: readonly string[],
  ) {
    super("received", ["refuse", "release"], ruling);
  }
}

/**
 * "Trường hợp chấp nhận" (letter 330, annex 1, step 4): decision, person, account, message and record come
 * into being in one transaction, or none does.
 */
export async function accept(house: House, staff: Staff, asked: { code: string; note: string }): Promise<Declaration> {
  const at = house.clock.now();
  const note = asked.note.normalize("NFC").trim().slice(0, 500);
  return onFile(house, at, async (tx) => {
    const { file, desk } = await lockForDecision(tx, staff, asked.code, at);
    const dossier = await loadDossier(tx, file, at);
    refuseUnlessAcceptable(dossier, note, desk);
    const personId = await enrol(tx, enrolmentOf(dossier, at));
    const step = { kind: "accepted", actor: staff, at, officeCode: desk.officeCode, personId } as const;
    const accepted = await advance(tx, file.code, { ...step, detail: findingsOf(dossier, note) });
    if (isForWard(file.answers.who?.forWhom)) {
      const { officeCode } = desk;
      await acceptWard(tx, house, { file: accepted, wardId: personId, staff, officeCode, at });
    } else await openAccount(tx, house, accepted, personId, at);
    await record(tx, {
      at,
      actor: staff,
      action: "review.accept",
      purpose: "review",
      personId,
      object: { kind: "declaration", id: file.code },
      officeCode: desk.officeCode,
      detail: { need: dossier.need },
    });
    return accepted;
  });
}

function refuseUnlessAcceptable(dossier: Dossier, note: string, desk: Desk): void {
  const ruling = ruleOn(dossier.need, note, desk.isSupervisor);
  if (ruling === "accept") return;
  if (ruling === "note_missing") throw new Invalid([{ field: "note", key: "note_missing" }]);
  throw new NotAcceptable(ruling, inTheWayOf(dossier));
}

/** What asks for most: the fields and facts that an officer is told about. */
function inTheWayOf({ rows, obstacles, need }: Dossier): string[] {
  const fields = rows.filter((row) => row.need === need).map(({ field }) => field);
  return [...fields, ...obstacles.filter((one) => one.need === need).map(({ obstacle }) => obstacle)];
}

/** Kinds of difference by field, and the officer's reason: never the values themselves. */
function findingsOf({ rows, obstacles }: Dossier, note: string): Record<string, unknown> {
  const differences = rows.filter(({ difference }) => difference !== "equal");
  return {
    differences: Object.fromEntries(differences.map(({ field, difference }) => [field, difference])),
    obstacles: obstacles.map(({ obstacle }) => obstacle),
    ...(note ? { note } : {}),
  };
}

/** Who goes into the register, as the paper names them, with the numbers that the officer has seen. */
function enrolmentOf({ file, reading, person, numbers }: Dossier, at: Date) {
  if (!reading) throw new NotAcceptable("impossible", ["not_read"]);
  const declared = file.answers.paper?.number === reading.number ? file.answers.paper : undefined;
  const paper = {
    kind: numberKind[reading.kind],
    number: reading.number,
    issuedOn: declared?.issuedOn ?? undefined,
    issuedBy: declared?.issuedBy ?? undefined,
  };
  const knowsInsurance = numbers.some(({ kind }) => kind === "bhxh");
  const insurance =
    file.insuranceNumber && !knowsInsurance ? [{ kind: "bhxh" as const, number: file.insuranceNumber }] : [];
  return {
    personId: person?.personId,
    name: reading.name,
    birthOn: reading.birthOn.toString(),
    birthPrecision: reading.birthPrecision,
    sex: file.answers.name?.sex ?? 3,
    numbers: [...insurance, paper],
    at,
  };
}

/** The account, and the message with its activation code, due 15 minutes after the file was received. */
async function openAccount(tx: Tx, house: House, file: Declaration, personId: string, now: Date): Promise<void> {
  const { phone, email } = file.answers;
  if (!phone) throw new Error("a received declaration names a phone");
  const ways = { phone: phone.number, ...(email?.address ? { email: email.address } : {}) };
  const { lang, emailProvedAt } = file;
  const account = { personId, declarationId: file.id, lang, emailProvedAt, now, ...ways };
  const { login, password, until } = await issueAccount(tx, house, account);
  await enqueue(tx, house.vault, {
    dedupeKey: `declaration:${file.id}:outcome`,
    class: "outcome",
    template: "declaration_accepted",
    lang,
    ...ways,
    fields: { code: file.code, login, until: formatInstant(until, file.lang) },
    secrets: { password },
    dueAt: file.noticeDueAt ?? now,
    now,
    declarationId: file.id,
    personId,
    ...(file.officeCode ? { officeCode: file.officeCode } : {}),
  });
}
