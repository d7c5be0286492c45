import { record } from "../audit/record.ts";
import { words as factorWords } from "../factor/words.ts";
import { homeOfStaff, officesOf, type Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid, NotAllowed, NotSignedIn } from "../kernel/failures.ts";
import { parsePhone } from "../kernel/numbers.ts";
import { contactsOf, findPersonByKey, type Person } from "../register/store.ts";
import { type FieldFault, sentencesOf } from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { formTokenFor } from "../web/form-token.ts";
import { keptPage } from "../web/kept-page.tsx";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { sessionCookie } from "./cookies.ts";
import { WrongLogin } from "./guard.ts";
import { hindranceOf } from "./hindrance.ts";
import { COOKIE, identify } from "./identify.ts";
import { besideOthers } from "./marks.ts";
import { OneMorePage } from "./one-more-view.tsx";
import { readPaperSeen } from "./read-paper-seen.ts";
import { type Reissue, reissue } from "./reissue.ts";
import {
  ReissueCheckPage,
  type ReissueDesk,
  ReissueFindPage,
  ReissueSentPage,
  ReissueSlipPage,
} from "./reissue-view.tsx";
import { parseLogin } from "./rules.ts";
import { deviceLabel, nextPage } from "./rules-next.ts";
import { signOut } from "./sign-out.ts";
import { staffSignIn } from "./staff-sign-in.ts";
import { StaffSignInPage } from "./staff-view.tsx";
import { findAccount } from "./store.ts";
import { resendAndTell } from "./tell-resent.ts";
import { words } from "./words.ts";
import { staffWords } from "./words-staff.ts";

/** Sign-in of staff, and the counter's way to a new password. */

const DESK_COOKIE = "vssid_desk";
const DESK_KEPT_SECONDS = 180 * 24 * 3600;

function showSignIn(ask: Ask): Reply {
  if (ask.actor.kind === "staff" && !ask.actor.owes) {
    return redirect(nextPage(ask.query.next, "staff", homeOfStaff(ask.actor.roles)));
  }
  return page(<StaffSignInPage ask={ask} next={ask.query.next ?? ""} />);
}

async function enter(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const { username = "", password = "", code = "", next = "" } = form;
  const kept = { ask, username, next, waiting: form.kept };
  const missing = missingFields(ask);
  if (missing.length > 0) return page(<StaffSignInPage {...kept} faults={missing} />, 422);
  try {
    const device = deviceLabel(ask.headers["user-agent"]);
    const known = ask.cookies[DESK_COOKIE];
    const opened = await staffSignIn(house, { username, password, code, device, deviceCookie: known, now });
    await signOut(house, ask.actor, now);
    const cookie = sessionCookie(opened, now);
    const desk = {
      name: DESK_COOKIE,
      value: besideOthers(opened.deviceCookie, known),
      maxAgeSeconds: DESK_KEPT_SECONDS,
    };
    const staff = await identify(house, { bearer: opened.token });
    const home = homeOfStaff(staff.kind === "staff" ? staff.roles : []);
    const to = nextPage(next, "staff", home);
    // Whoever owes a factor has no roles yet: where they belong is known after it.
    const owed = `/console/sign-in/next?next=${encodeURIComponent(next)}`;
    const cookies = [cookie, desk];
    const whole = keptPage(ask, { face: "console", to, token: opened.token });
    if (!whole) return { kind: "redirect", to: opened.isHalf ? owed : to, cookies };
    if (!opened.isHalf) return { ...whole, cookies };
    const inside = { ...ask, formToken: formTokenFor(house.vault, opened.token) };
    const { title } = staffWords(lang).staff;
    const more = { face: "console", title, action: "/console/sign-in/code", waiting: form.kept ?? "" } as const;
    return { ...page(<OneMorePage ask={inside} next={to} {...more} />), cookies };
  } catch (error) {
    if (error instanceof Invalid) {
      const faults = sentencesOf(error.faults, factorWords(lang).faults);
      return page(<StaffSignInPage {...kept} faults={faults} />, error.status);
    }
    if (error instanceof WrongLogin) {
      const text = staffWords(lang).staff.wrong(error.triesLeft);
      return page(<StaffSignInPage {...kept} faults={[{ field: "username", text }]} />, 422);
    }
    const told = hindranceOf(error, lang, now, staffWords(lang).staff.help);
    if (!told) throw error;
    return page(<StaffSignInPage {...kept} hindrance={told.hindrance} />, told.status);
  }
}

function missingFields({ form, lang }: Ask): FieldFault[] {
  const said = words(lang);
  return [
    ...(form.username?.trim() ? [] : [{ field: "username", text: staffWords(lang).staff.missing }]),
    ...(form.password ? [] : [{ field: "password", text: said.faults.password_missing }]),
  ];
}

async function leave(ask: Ask): Promise<Reply> {
  await signOut(ask.house, ask.actor, ask.now);
  return { kind: "redirect", to: "/console/sign-in", flash: words(ask.lang).signIn.signedOut, clearCookies: [COOKIE] };
}

interface Found {
  person: Person;
  phone: string | undefined;
  email: string | undefined;
  number: string;
  /** The end of the activation code, while the account is not activated. */
  codeUntil: Date | undefined;
}

async function findHolder(ask: Ask): Promise<Found | undefined> {
  const login = parseLogin(ask.form.login ?? "");
  const person = login && (await findPersonByKey(ask.house.db, login.kind, login.number));
  const account = person && (await findAccount(ask.house.db, person.personId));
  if (!person || !account) return undefined;
  const contacts = await contactsOf(ask.house.db, person.personId);
  const of = (kind: string) => contacts.find((one) => one.kind === kind)?.value;
  const codeUntil = account.issued_until ?? undefined;
  return { person, number: login.number, phone: of("phone"), email: of("email"), codeUntil };
}

async function showHolder(ask: Ask): Promise<Reply> {
  const found = await findHolder(ask);
  return found ? checkPage(ask, found) : noHolder(ask);
}

/** The look is on record before the account is shown, whichever form it answers. */
async function checkPage(ask: Ask, found: Found, faults: readonly FieldFault[] = [], status = 200): Promise<Reply> {
  const { officer, officeCode, at } = await deskOf(ask);
  const { personId } = found.person;
  const look = { at: ask.now, actor: officer, action: "account_seen", purpose: "account", personId, officeCode };
  await record(ask.house.db, look);
  return page(<ReissueCheckPage {...at} {...found} faults={faults} />, status);
}

async function showFind(ask: Ask): Promise<Reply> {
  const { at } = await deskOf(ask);
  return page(<ReissueFindPage {...at} />);
}

async function noHolder(ask: Ask): Promise<Reply> {
  const { at } = await deskOf(ask);
  const said = words(ask.lang);
  const number = ask.form.login ?? "";
  const text = parseLogin(number) ? staffWords(ask.lang).reissue.none : said.faults.login_shape;
  return page(<ReissueFindPage {...at} number={number} faults={[{ field: "login", text }]} />, 422);
}

async function issue(ask: Ask): Promise<Reply> {
  const found = await findHolder(ask);
  if (!found) return noHolder(ask);
  const said = staffWords(ask.lang).reissue;
  const { paper, handOver, newPhone, faults } = readChecks(ask, found);
  const { officer, officeCode, at } = await deskOf(ask);
  if (!paper || !handOver || faults.length > 0) return checkPage(ask, found, faults, 422);
  const { personId } = found.person;
  try {
    const slip = await reissue(ask.house, officer, {
      personId,
      officeCode,
      paper,
      handOver,
      newPhone,
      now: ask.now,
    });
    const once = { ...at, ask: { ...ask, seenAt: undefined } };
    return page(slip.password ? <ReissueSlipPage {...once} slip={slip} /> : <ReissueSentPage {...at} slip={slip} />);
  } catch (error) {
    const isTaken = error instanceof Conflict && error.code === "phone_taken";
    if (error instanceof Conflict && error.code === "two_people_needed") {
      return checkPage(ask, found, [{ field: "newPhone", text: said.twoPeople }], error.status);
    }
    if (error instanceof Invalid) {
      return checkPage(ask, found, sentencesOf(error.faults, words(ask.lang).faults), error.status);
    }
    if (!isTaken && !(error instanceof NotAllowed)) throw error;
    const fault = isTaken ? { field: "newPhone", text: said.phoneTaken } : { field: "paper", text: said.inactive };
    return checkPage(ask, found, [fault], error.status);
  }
}

const handOvers: readonly Reissue["handOver"][] = ["message", "slip"];

function readChecks(ask: Ask, { phone }: Found) {
  const { form, lang } = ask;
  const said = staffWords(lang).reissue;
  const { paper, faults: ofPaper } = readPaperSeen(ask);
  const handOver = handOvers.find((one) => one === form.handOver);
  const typed = form.newPhone?.trim() ?? "";
  const newPhone = parsePhone(typed);
  const faults: FieldFault[] = [
    ...ofPaper,
    ...(typed && !newPhone ? [{ field: "newPhone", text: said.phoneShape }] : []),
    ...(handOver ? [] : [{ field: "handOver", text: said.handOverMissing }]),
    ...(handOver === "message" && !typed && !phone
      ? [{ field: "newPhone", text: words(lang).faults.phone_missing }]
      : []),
  ];
  return { paper, handOver, newPhone, faults };
}

/** The officer presses, the code goes to the person; the page comes back with what was done. */
async function resend(ask: Ask): Promise<Reply> {
  const found = await findHolder(ask);
  if (!found) return noHolder(ask);
  const { officer, officeCode } = await deskOf(ask);
  const asked = { personId: found.person.personId, by: officer, officeCode, now: ask.now };
  return redirect("/console/reissue", await resendAndTell(ask.house, asked, ask.lang));
}

/** The officer, the office at whose counter they sit, and what each of its pages shows of both. */
async function deskOf(ask: Ask): Promise<{ officer: Staff; officeCode: string; at: ReissueDesk }> {
  const { actor, house } = ask;
  if (actor.kind !== "staff") throw new NotSignedIn();
  const officeCode = officesOf(actor, "officer")[0];
  if (!officeCode) throw new Forbidden();
  const officeName = (await getOffice(house.db, officeCode))?.name;
  return { officer: actor, officeCode, at: { ask, officeName } };
}

const open = { who: ["anyone"], purpose: "account" } as const;
const desk = { who: ["officer"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: "/console/sign-in", handle: showSignIn }),
  pageRoute({ ...open, method: "POST", path: "/console/sign-in", rate: "guess", handle: enter }),
  pageRoute({ ...open, method: "POST", path: "/console/sign-out", handle: leave }),
  pageRoute({ ...desk, method: "GET", path: "/console/reissue", handle: showFind }),
  pageRoute({ ...desk, method: "POST", path: "/console/reissue", rate: "guess", handle: showHolder }),
  pageRoute({ ...desk, method: "GET", path: "/console/reissue/slip", handle: () => redirect("/console/reissue") }),
  pageRoute({ ...desk, method: "POST", path: "/console/reissue/slip", rate: "guess", isHeavy: true, handle: issue }),
  pageRoute({ ...desk, method: "POST", path: "/console/activation", rate: "guess", handle: resend }),
];
