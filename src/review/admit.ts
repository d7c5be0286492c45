import { issueAccount } from "../account/issue-account.ts";
import type { House, Tx } from "../db/house.ts";
import { acceptWard } from "../guardian/accept-ward.ts";
import { isForWard } from "../guardian/rules-declared.ts";
import type { Staff } from "../kernel/actor.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { enqueue } from "../notices/enqueue.ts";
import { enrol } from "../register/enrol.ts";
import { advance } from "../registration/advance.ts";
import type { Declaration } from "../registration/store.ts";
import { NotAcceptable } from "./desk.ts";
import { type Dossier, numberKind } from "./dossier.ts";
import type { Finding, Source } from "./rules-findings.ts";
import { insertFindings } from "./store-findings.ts";

interface Admission {
  dossier: Dossier;
  findings: readonly Finding[];
  staff: Staff;
  at: Date;
  officeCode: string;
  note: string;
  /** Who proposed it, when a second person says the last word. */
  proposedBy?: string | undefined;
}

/**
 * "Trường hợp chấp nhận" (letter 330, annex 1, step 4): decision, person, account and message come into being
 * together. Both ways to acceptance end here: one officer's, and the second pair of eyes.
 */
export async function admit(tx: Tx, house: House, admission: Admission): Promise<Declaration> {
  const { dossier, findings, staff, at, officeCode, proposedBy } = admission;
  const { file } = dossier;
  const personId = await enrol(tx, enrolmentOf(dossier, findings, at));
  const step = {
    kind: "accepted",
    actor: staff,
    at,
    officeCode,
    personId,
    isSecond: proposedBy !== undefined,
  } as const;
  const accepted = await advance(tx, file.code, { ...step, detail: { ...detailOf(admission), proposedBy } });
  await insertFindings(tx, file.id, accepted.seq, findings);
  if (isForWard(file.answers.who?.forWhom)) {
    await acceptWard(tx, house, { file: accepted, wardId: personId, staff, officeCode, at });
  } else await openAccount(tx, house, accepted, personId, at);
  return accepted;
}

/** Kinds of difference by field, which paper was used, and the officer's note: never the values themselves. */
export function detailOf({ dossier, note }: Pick<Admission, "dossier" | "note">): Record<string, unknown> {
  const { rows, obstacles, reading } = dossier;
  const differences = rows.filter(({ difference }) => difference !== "equal");
  return {
    differences: Object.fromEntries(differences.map(({ field, difference }) => [field, difference])),
    obstacles: obstacles.map(({ obstacle }) => obstacle),
    ...(reading ? { paper: { kind: reading.kind, reading: reading.no } } : {}),
    ...(note ? { note } : {}),
  };
}

/** Who goes into the register: as the trusted source names them, with the numbers that the officer has seen. */
function enrolmentOf({ file, reading, person, numbers }: Dossier, findings: readonly Finding[], at: Date) {
  if (!reading) throw new NotAcceptable("impossible", ["not_read"]);
  const trusts = (field: Finding["field"], source: Source) =>
    findings.some((one) => one.field === field && one.trusted === source);
  const declared = file.answers;
  const isDeclaredPaper = trusts("id_number", "declared") && declared.paper !== undefined;
  const shown = isDeclaredPaper && declared.paper ? declared.paper : reading;
  const known = declared.paper?.number === shown.number ? declared.paper : undefined;
  const paper = {
    kind: numberKind[shown.kind],
    number: shown.number,
    issuedOn: known?.issuedOn ?? undefined,
    issuedBy: known?.issuedBy ?? undefined,
  };
  const knowsInsurance = numbers.some(({ kind }) => kind === "bhxh");
  const insurance =
    file.insuranceNumber && !knowsInsurance ? [{ kind: "bhxh" as const, number: file.insuranceNumber }] : [];
  const birth =
    trusts("birth", "declared") && declared.birth
      ? declared.birth
      : { on: reading.birthOn.toString(), precision: reading.birthPrecision };
  return {
    personId: person?.personId,
    name: trusts("name", "declared") ? (declared.name?.full ?? reading.name) : reading.name,
    birthOn: birth.on,
    birthPrecision: birth.precision,
    sex: declared.name?.sex ?? 3,
    numbers: [...insurance, ...(trusts("id_number", "register") ? [] : [paper])],
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
