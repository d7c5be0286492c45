import { readPaperSeen } from "../account/read-paper-seen.ts";
import { parseLogin } from "../account/rules.ts";
import { record, recordAll } from "../audit/record.ts";
import { words as codeWords } from "../codes/words.ts";
import { askAtCounter, confirmChange, proveAtCounter } from "../contact/counter-change.ts";
import { maskContact } from "../contact/rules.ts";
import { stopChangeAtCounter } from "../contact/stop-change.ts";
import { changesToConfirm, findChange } from "../contact/store.ts";
import { removeAllFactors } from "../factor/remove-all.ts";
import { officesOf, type Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid, NotAllowed, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { paperSeenOf } from "../kernel/paper-seen.ts";
import { isUuid } from "../kernel/uuid.ts";
import { staffNames } from "../review/staff-names.ts";
import { type FieldFault, sentencesOf } from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { printConfirmation } from "./confirmation.ts";
import { ConfirmPage, type Desk, FindHolderPage, HolderPage, type Opened } from "./desk-view.tsx";
import { closeAccount } from "./end-account.ts";
import { findHolder, type Holder, openHolder } from "./find-holder.ts";
import { reopenAccount } from "./reopen-account.ts";
import { groundsOf, reasonOf } from "./rules.ts";
import { words } from "./words.ts";

/** One account at the counter, the person present; and the supervisor's second look at new telephones. */

const HOME = "/console/account";

interface Seat {
  staff: Staff;
  officeCode: string;
  at: Desk;
}

async function seatOf(ask: Ask): Promise<Seat> {
  const { actor, house } = ask;
  if (actor.kind !== "staff") throw new NotSignedIn();
  const officeCode = [...officesOf(actor, "officer"), ...officesOf(actor, "supervisor")][0];
  if (!officeCode) throw new Forbidden();
  const officeName = (await getOffice(house.db, officeCode))?.name;
  return { staff: actor, officeCode, at: { ask, officeName } };
}

async function findView(ask: Ask, faults: readonly FieldFault[] = []) {
  const { staff, at } = await seatOf(ask);
  const offices = officesOf(staff, "supervisor");
  const toConfirm = offices.length > 0 ? (await changesToConfirm(ask.house.db, offices)).length : undefined;
  return <FindHolderPage {...at} toConfirm={toConfirm} faults={faults} />;
}

function readOpening(ask: Ask): { opened: Opened | undefined; faults: FieldFault[] } {
  const { form, lang } = ask;
  const said = words(lang).desk;
  const login = form.login ?? "";
  const reason = reasonOf(form.reason);
  const { paper, faults: ofPaper } = readPaperSeen(ask);
  const faults = [
    ...(parseLogin(login) ? [] : [{ field: "login", text: said.loginShape }]),
    ...(reason ? [] : [{ field: "reason", text: said.reasonMissing }]),
    ...ofPaper,
  ];
  return { opened: reason && paper ? { login, reason, paper } : undefined, faults };
}

async function open(ask: Ask): Promise<Reply> {
  const { opened, faults } = readOpening(ask);
  if (!opened || faults.length > 0) return page(await findView(ask, faults), 422);
  const { staff, officeCode, at } = await seatOf(ask);
  const holder = await openHolder(ask.house, staff, { ...opened, officeCode, now: ask.now });
  if (!holder) return page(await findView(ask, [{ field: "login", text: words(ask.lang).desk.none }]), 422);
  return page(<HolderPage {...at} holder={holder} opened={opened} />);
}

interface Acting extends Seat {
  opened: Opened;
  holder: Holder;
  personId: string;
}

type Shown = Omit<Parameters<typeof HolderPage>[0], keyof Desk | "holder" | "opened"> & { status?: number };

/** Runs one act on the account that a form carries, and shows it as it is afterwards: itself a look at the account. */
async function act(ask: Ask, work: (acting: Acting) => Promise<Shown>): Promise<Reply> {
  const seat = await seatOf(ask);
  const [reason, paper] = [reasonOf(ask.form.reason), paperSeenOf(ask.form.paper)];
  const login = ask.form.login ?? "";
  if (!reason || !paper) return redirect(HOME);
  const opened = { login, reason, paper };
  const holder = await openHolder(ask.house, seat.staff, { ...opened, officeCode: seat.officeCode, now: ask.now });
  if (!holder) return redirect(HOME);
  let shown: Shown;
  try {
    shown = await work({ ...seat, opened, holder, personId: holder.person.personId });
  } catch (error) {
    if (!(error instanceof NotAllowed)) throw error;
    shown = { faults: [{ field: "main", text: words(ask.lang).desk.meanwhile }], status: error.status };
  }
  const { status = 200, ...more } = shown;
  const after = (await findHolder(ask.house, login)) ?? holder;
  return page(<HolderPage {...seat.at} holder={after} opened={opened} {...more} />, status);
}

const wrong = (field: string, text: string, status = 422): Shown => ({ faults: [{ field, text }], status });

function askPhone(ask: Ask): Promise<Reply> {
  const said = words(ask.lang).desk;
  return act(ask, async ({ staff, officeCode, opened, holder, personId }) => {
    if (holder.status !== "active") throw new NotAllowed(holder.status, ["reopen"]);
    const { house, form, now } = ask;
    try {
      const change = { personId, typed: form.newPhone ?? "", lang: holder.lang, now, officeCode, paper: opened.paper };
      const asked = await askAtCounter(house, staff, change);
      if (asked === "same") return wrong("newPhone", said.phoneSame);
      if (asked === "spent") return wrong("newPhone", said.phoneSpent, 429);
      return { proving: await provingOf(ask, personId, asked.changeId) };
    } catch (error) {
      if (error instanceof Conflict && error.code === "change_waiting")
        return wrong("newPhone", said.phoneWaiting, 409);
      if (error instanceof Conflict && error.code === "change_overtaken")
        return wrong("newPhone", said.phoneOvertaken, 409);
      if (error instanceof Invalid) return wrong("newPhone", said.phoneShape);
      throw error;
    }
  });
}

async function provingOf(ask: Ask, personId: string, changeId: string) {
  const change = await findChange(ask.house.db, personId, changeId);
  if (!change) throw new NotFound("contact_change");
  return { changeId, to: maskContact("phone", change.new_value) };
}

function provePhone(ask: Ask): Promise<Reply> {
  const said = words(ask.lang).desk;
  return act(ask, async ({ staff, officeCode, personId }) => {
    const { house, form, now } = ask;
    const { change: changeId = "", code = "" } = form;
    if (!isUuid(changeId)) return {};
    try {
      await proveAtCounter(house, staff, { personId, changeId, code, officeCode, now });
      return { done: said.sentToSecond };
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const faults = sentencesOf(error.faults, codeWords(ask.lang).faults);
      return { faults, status: error.status, proving: await provingOf(ask, personId, changeId) };
    }
  });
}

function stopChange(ask: Ask): Promise<Reply> {
  return act(ask, async ({ staff, officeCode, personId }) => {
    const changeId = ask.form.change ?? "";
    if (!isUuid(changeId)) return {};
    await stopChangeAtCounter(ask.house, staff, { personId, changeId, officeCode, now: ask.now });
    return { done: words(ask.lang).desk.pendingStopped };
  });
}

function removeFactors(ask: Ask): Promise<Reply> {
  return act(ask, async ({ staff, officeCode, opened, personId }) => {
    const asked = { personId, officeCode, paper: opened.paper, now: ask.now };
    await removeAllFactors(ask.house, staff, asked);
    return { done: words(ask.lang).desk.factorsRemoved };
  });
}

function close(ask: Ask): Promise<Reply> {
  const said = words(ask.lang).desk;
  return act(ask, async ({ staff, officeCode, opened, personId }) => {
    const grounds = groundsOf(ask.form.grounds);
    if (!grounds) return wrong("grounds", said.groundsMissing);
    const closing = { personId, officeCode, grounds, paper: opened.paper, now: ask.now };
    return { done: said.closed(await closeAccount(ask.house, staff, closing)) };
  });
}

function reopen(ask: Ask): Promise<Reply> {
  return act(ask, async ({ staff, officeCode, opened, personId }) => {
    const asked = { personId, officeCode, paper: opened.paper, now: ask.now };
    const said = words(ask.lang).desk;
    const { reference, hasLostPhone } = await reopenAccount(ask.house, staff, asked);
    const faults = hasLostPhone ? [{ field: "newPhone", text: said.phoneLost }] : [];
    return { done: said.reopened(reference), faults };
  });
}

/** The paper for the person at the counter; that it was printed is written down first. */
async function printPaper(ask: Ask): Promise<Reply> {
  const { staff, officeCode } = await seatOf(ask);
  const { house, form, lang, now } = ask;
  const { reference = "" } = form;
  const paper = paperSeenOf(form.paper);
  const holder = paper && (await findHolder(house, form.login ?? ""));
  if (!holder) return redirect(HOME);
  const { personId } = holder.person;
  const bytes = await printConfirmation(house, { personId, reference, lang, now });
  const look = { at: now, actor: staff, action: "account_confirmation_printed", purpose: "account", personId };
  await record(house.db, { ...look, officeCode, detail: { paper } });
  return { kind: "bytes", type: "application/pdf", bytes, name: `${reference}.pdf` };
}

/** Each row is a look at a person: written before it is shown. */
async function showToConfirm(ask: Ask): Promise<Reply> {
  const { staff, officeCode, at } = await seatOf(ask);
  const changes = await changesToConfirm(ask.house.db, officesOf(staff, "supervisor"));
  const look = { at: ask.now, actor: staff, action: "account_seen", purpose: "account", officeCode };
  await recordAll(
    ask.house.db,
    changes.map(({ person_id: personId }) => ({ ...look, personId, detail: { reason: "second" } })),
  );
  const names = await staffNames(ask.house.db);
  const rows = changes.map((change) => ({
    change,
    name: change.full_name,
    officer: names.get(change.officer_id ?? "") ?? "",
    isOwn: change.officer_id === staff.staffId,
  }));
  return page(<ConfirmPage {...at} rows={rows} />);
}

async function decide(ask: Ask): Promise<Reply> {
  const { staff } = await seatOf(ask);
  const said = words(ask.lang).second;
  const { person: personId = "", change: changeId = "", decision } = ask.form;
  if (!/^\d{1,18}$/.test(personId) || !isUuid(changeId)) throw new NotFound("contact_change");
  const isRight = decision === "confirm";
  const back = `${HOME}/changes`;
  try {
    await confirmChange(ask.house, staff, { personId, changeId, isRight, now: ask.now });
    return redirect(back, isRight ? said.confirmed : said.refused);
  } catch (error) {
    if (error instanceof Conflict && error.code === "phone_taken") return redirect(back, said.taken);
    if (error instanceof NotAllowed) return redirect(back, said.gone);
    throw error;
  }
}

const desk = { who: ["officer", "supervisor"], purpose: "account" } as const;
const second = { who: ["supervisor"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: HOME, handle: async (ask) => page(await findView(ask)) }),
  pageRoute({ ...desk, method: "POST", path: HOME, rate: "guess", handle: open }),
  pageRoute({ ...desk, method: "POST", path: `${HOME}/phone`, rate: "guess", isHeavy: true, handle: askPhone }),
  pageRoute({ ...desk, method: "POST", path: `${HOME}/phone/code`, rate: "guess", handle: provePhone }),
  pageRoute({ ...desk, method: "POST", path: `${HOME}/stopping`, handle: stopChange }),
  pageRoute({ ...desk, method: "POST", path: `${HOME}/factors`, isHeavy: true, handle: removeFactors }),
  pageRoute({ ...desk, method: "POST", path: `${HOME}/close`, isHeavy: true, handle: close }),
  pageRoute({ ...desk, method: "POST", path: `${HOME}/reopen`, isHeavy: true, handle: reopen }),
  pageRoute({ ...desk, method: "POST", path: `${HOME}/confirmation`, handle: printPaper }),
  pageRoute({ ...second, method: "GET", path: `${HOME}/changes`, handle: showToConfirm }),
  pageRoute({ ...second, method: "POST", path: `${HOME}/changes`, isHeavy: true, handle: decide }),
];
