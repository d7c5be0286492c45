import { changeStaffPassword } from "../account/change-staff-password.ts";
import { sessionCookie } from "../account/cookies.ts";
import { hindranceOf } from "../account/hindrance.ts";
import type { OpenedSession } from "../account/open-session.ts";
import { renewToken } from "../account/renew-token.ts";
import { passwordDueOn } from "../account/rules.ts";
import { deviceLabel, nextPage } from "../account/rules-next.ts";
import { staffPasswordMonths } from "../account/rules-policies.ts";
import { staffFreshMinutes } from "../account/rules-session.ts";
import { monthsOf } from "../account/rules-staff.ts";
import { findStaffById } from "../account/store-staff.ts";
import { partyOf } from "../factor/ask.ts";
import { totpUri } from "../factor/rules-totp.ts";
import { homeOfStaff, type Staff } from "../kernel/actor.ts";
import { dayOf, formatDay, plainDate } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotSignedIn } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { type FieldFault, sentencesOf } from "../ui/index.ts";
import { formTokenFor } from "../web/form-token.ts";
import { keptPage } from "../web/kept-page.tsx";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { beginStaffAuthenticator, switchOnStaffAuthenticator } from "./authenticator.ts";
import { routes as meRoutes } from "./me-pages.tsx";
import { addStaffPasskey, askForNewStaffPasskey, askForStaffPasskey, showPasskey } from "./passkeys.ts";
import { showCode } from "./show-code.ts";
import { findStaffAuthenticator, passkeysOfStaff } from "./store.ts";
import { CodePage, SetupPage, SparePage, StaffPasswordPage } from "./view.tsx";
import { words } from "./words.ts";

/** /console/sign-in/…: what a member of staff owes between the password and the desk, and the proof before a heavy act. */

const AT = "/console/sign-in";

function staffFrom({ actor }: Ask): Staff {
  if (actor.kind !== "staff") throw new NotSignedIn();
  return actor;
}

/** Where somebody belongs is known once all is shown: until then they have no roles. */
const HOME = "/console/home";
const nextOf = (ask: Ask) => nextPage(ask.form.next ?? ask.query.next, "staff", HOME);
const deviceOf = (ask: Ask) => deviceLabel(ask.headers["user-agent"]);
const json = (value: unknown): Reply => ({
  kind: "bytes",
  type: "application/json; charset=utf-8",
  bytes: JSON.stringify(value),
});

const pageOwed = { factor: `${AT}/authenticator`, proof: `${AT}/code`, password: `${AT}/password` } as const;

function goHome(ask: Ask): Reply {
  return redirect(homeOfStaff(staffFrom(ask).roles));
}

/** To what is owed now, or to where they wanted to go. */
function showOwed(ask: Ask): Reply {
  const { owes } = staffFrom(ask);
  const next = nextOf(ask);
  return redirect(owes ? `${pageOwed[owes]}?next=${encodeURIComponent(next)}` : next);
}

async function codeView(ask: Ask, wrong: Pick<Parameters<typeof CodePage>[0], "faults" | "hindrance"> = {}) {
  const { house, now } = ask;
  const { staffId, owes } = staffFrom(ask);
  const passkeys = (await passkeysOfStaff(house.db, staffId)).filter((one) => !one.copied_at);
  const code = Boolean((await findStaffAuthenticator(house.db, staffId))?.confirmed_at);
  const minutes = owes ? undefined : await policyOn(house.db, staffFreshMinutes, dayOf(now));
  const ways = { code, passkey: passkeys.length > 0 && partyOf(ask).isHere };
  return <CodePage ask={ask} next={nextOf(ask)} minutes={minutes} ways={ways} kept={ask.form.kept ?? ""} {...wrong} />;
}

async function showCodePage(ask: Ask): Promise<Reply> {
  const { owes } = staffFrom(ask);
  return owes && owes !== "proof" ? showOwed(ask) : page(await codeView(ask));
}

/** On with the session that began, if one did; what was typed before comes back behind one button. */
function onward(ask: Ask, opened: OpenedSession | undefined, flash?: string): Reply {
  const cookies = opened ? [sessionCookie(opened, ask.now)] : [];
  const to = nextOf(ask);
  return { ...(keptPage(ask, { face: "console", to, token: opened?.token }) ?? redirect(to, flash)), cookies };
}

/** A page for the session that has just begun: its forms hang on the new cookie. */
function inSession(ask: Ask, opened: OpenedSession | undefined): Ask {
  return opened ? { ...ask, formToken: formTokenFor(ask.house.vault, opened.token) } : ask;
}

async function proving(ask: Ask, work: () => Promise<OpenedSession | undefined>): Promise<Reply> {
  try {
    return onward(ask, (await work()) ?? (await renewToken(ask.house, staffFrom(ask))));
  } catch (error) {
    if (error instanceof Invalid) {
      return page(await codeView(ask, { faults: sentencesOf(error.faults, words(ask.lang).faults) }), error.status);
    }
    const told = hindranceOf(error, ask.lang, ask.now, words(ask.lang).code.lostBody);
    if (!told) throw error;
    return page(await codeView(ask, { hindrance: told.hindrance }), told.status);
  }
}

async function proveByCode(ask: Ask): Promise<Reply> {
  // From a page in between, which brings along what was typed: nothing was tried yet.
  if (ask.form.code === undefined && ask.form.kept) return page(await codeView(ask));
  const asked = { code: ask.form.code ?? "", device: deviceOf(ask), now: ask.now };
  return proving(ask, () => showCode(ask.house, staffFrom(ask), asked));
}

function proveByPasskey(ask: Ask): Promise<Reply> {
  const asked = { response: ask.form.response ?? "", device: deviceOf(ask), now: ask.now };
  return proving(ask, () => showPasskey(ask.house, staffFrom(ask), asked));
}

async function setupView(ask: Ask, faults: readonly FieldFault[] = []) {
  const staff = staffFrom(ask);
  const secret = await beginStaffAuthenticator(ask.house, staff, ask.now);
  const username = (await findStaffById(ask.house.db, staff.staffId))?.username ?? "";
  const shown = { secret, uri: totpUri(secret, username), isFirst: staff.owes === "factor", ...partyOf(ask) };
  return <SetupPage ask={ask} next={nextOf(ask)} {...shown} usualName={deviceOf(ask)} faults={faults} />;
}

async function showSetup(ask: Ask): Promise<Reply> {
  const { owes } = staffFrom(ask);
  return owes && owes !== "factor" ? showOwed(ask) : page(await setupView(ask));
}

async function switchOn(ask: Ask): Promise<Reply> {
  const asked = { code: ask.form.code ?? "", device: deviceOf(ask), now: ask.now };
  try {
    const { codes, opened } = await switchOnStaffAuthenticator(ask.house, staffFrom(ask), asked);
    const cookies = opened ? [sessionCookie(opened, ask.now)] : [];
    const once = { ...inSession(ask, opened), seenAt: undefined };
    return { ...page(<SparePage ask={once} next={nextOf(ask)} codes={codes} />), cookies };
  } catch (error) {
    if (error instanceof Conflict) return showOwed(ask);
    if (!(error instanceof Invalid)) throw error;
    return page(await setupView(ask, sentencesOf(error.faults, words(ask.lang).faults)), error.status);
  }
}

async function addPasskey(ask: Ask): Promise<Reply> {
  const { response = "", passkey: name = "" } = ask.form;
  try {
    const asked = { response, name, device: deviceOf(ask), now: ask.now };
    const opened = await addStaffPasskey(ask.house, staffFrom(ask), asked);
    return onward(ask, opened, words(ask.lang).passkey.done);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return page(await setupView(ask, sentencesOf(error.faults, words(ask.lang).faults)), error.status);
  }
}

async function passwordView(ask: Ask, wrong: Pick<Parameters<typeof CodePage>[0], "faults" | "hindrance"> = {}) {
  const staff = staffFrom(ask);
  const setOn = (await findStaffById(ask.house.db, staff.staffId))?.password_set_on;
  const months = monthsOf(staff.roles, await policyOn(ask.house.db, staffPasswordMonths, dayOf(ask.now)));
  const due = staff.owes || !setOn ? undefined : formatDay(passwordDueOn(plainDate(setOn), months), ask.lang);
  return <StaffPasswordPage ask={ask} next={nextOf(ask)} due={due} {...wrong} />;
}

async function showPassword(ask: Ask): Promise<Reply> {
  const { owes } = staffFrom(ask);
  return owes && owes !== "password" ? showOwed(ask) : page(await passwordView(ask));
}

async function changePassword(ask: Ask): Promise<Reply> {
  const { currentPassword = "", newPassword = "" } = ask.form;
  const said = words(ask.lang);
  try {
    await changeStaffPassword(ask.house, staffFrom(ask), { currentPassword, newPassword, now: ask.now });
    return onward(ask, await renewToken(ask.house, staffFrom(ask)), said.password.done);
  } catch (error) {
    if (error instanceof Invalid) {
      return page(await passwordView(ask, { faults: sentencesOf(error.faults, said.faults) }), error.status);
    }
    const told = hindranceOf(error, ask.lang, ask.now, "");
    if (!told) throw error;
    return page(await passwordView(ask, { hindrance: told.hindrance }), told.status);
  }
}

const own = { who: ["staff_settling"], purpose: "account" } as const;
const guess = { ...own, method: "POST", rate: "guess" } as const;

export const routes: Route[] = [
  pageRoute({ ...own, method: "GET", path: `${AT}/next`, handle: showOwed }),
  pageRoute({ method: "GET", path: HOME, who: ["any_staff"], purpose: "account", handle: goHome }),
  pageRoute({ ...own, method: "GET", path: `${AT}/code`, handle: showCodePage }),
  pageRoute({ ...guess, path: `${AT}/code`, handle: proveByCode }),
  pageRoute({ ...guess, path: `${AT}/passkey`, handle: proveByPasskey }),
  pageRoute({
    ...guess,
    path: `${AT}/passkey/options`,
    handle: async (ask) => json(await askForStaffPasskey(ask.house, staffFrom(ask), ask.now)),
  }),
  pageRoute({ ...own, method: "GET", path: `${AT}/authenticator`, handle: showSetup }),
  pageRoute({ ...guess, path: `${AT}/authenticator`, handle: switchOn }),
  pageRoute({ ...guess, path: `${AT}/new-passkey`, handle: addPasskey }),
  pageRoute({
    ...guess,
    path: `${AT}/new-passkey/options`,
    handle: async (ask) => json(await askForNewStaffPasskey(ask.house, staffFrom(ask), ask.now)),
  }),
  pageRoute({ ...own, method: "GET", path: `${AT}/password`, handle: showPassword }),
  pageRoute({ ...guess, path: `${AT}/password`, handle: changePassword }),
  ...meRoutes,
];
