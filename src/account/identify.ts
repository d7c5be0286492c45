import type { House } from "../db/house.ts";
import { facilityBehind, isFacilityToken } from "../facility/token.ts";
import { actingAs } from "../guardian/holding.ts";
import { resumeActing } from "../guardian/resume-acting.ts";
import { type Actor, anyone, type Citizen, type Staff } from "../kernel/actor.ts";
import { dayOf, daysBetween, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { hasStaffFactor } from "../staff-factor/store.ts";
import { isTimeTrusted } from "../timekeeping/trust.ts";
import { dutyNow } from "./duty-now.ts";
import { tokenHash } from "./open-session.ts";
import { isLimited, isPasswordOutlived, PASSWORD_MONTHS, passwordDueOn, SEEN_STEP_MS } from "./rules.ts";
import { STAFF_PASSWORD_LEAST_MONTHS, staffPasswordMonths, WARNED_MOST_DAYS, warningDays } from "./rules-policies.ts";
import { isStrong, type Proof } from "./rules-proof.ts";
import { sessionMinutes } from "./rules-session.ts";
import { hasSecondFactor, monthsOf, owedBy } from "./rules-staff.ts";
import { isWarned } from "./rules-warning.ts";
import { generationOf, recall, remember } from "./session-cache.ts";
import { findActiveStaff, findOpenSession, type SessionRow, touchSession } from "./store-session.ts";

export { COOKIE } from "./open-session.ts";

/**
 * Who is behind a cookie or a bearer token, and for whom they act: as the session says, or as an API client names a
 * person. Whoever cannot be named is anyone, never an error; acting for a person without a link to them is one.
 */
export async function identify(
  house: House,
  given: { cookie?: string; bearer?: string; actingFor?: string },
): Promise<Actor> {
  const actor = await actorBehind(house, given);
  return given.actingFor === undefined ? actor : actingAs(house, actor, given.actingFor);
}

async function actorBehind(house: House, given: { cookie?: string; bearer?: string }): Promise<Actor> {
  if (given.bearer && isFacilityToken(given.bearer)) return facilityBehind(house, given.bearer);
  const hash = tokenHash(given.bearer ?? given.cookie);
  if (!hash) return anyone;
  const now = house.clock.now();
  const sessionId = hash.toString("hex");
  const known = recall(house, sessionId, now);
  if (known) return known;
  const generation = generationOf(house);
  const session = await findOpenSession(house.db, hash, now);
  if (!session) return anyone;
  const actor = session.person_id
    ? await citizenOf(house, session.person_id, session, sessionId, now)
    : await staffOf(house, session.staff_id ?? "", session, sessionId, now);
  if (!actor) return anyone;
  const idleUntil = await keepAwake(house, session, hash, now);
  actor.unusedUntil = earliest(idleUntil, session.ends_at);
  remember(house, actor, now, earliest(idleUntil, session.ends_at, wardUntil(actor)), generation);
  return actor;
}

const wardUntil = (actor: Citizen | Staff) => (actor.kind === "citizen" ? actor.actingFor?.until : undefined);

function earliest(first: Date, ...others: (Date | undefined)[]): Date {
  return new Date(Math.min(first.getTime(), ...others.flatMap((at) => (at ? [at.getTime()] : []))));
}

/**
 * A password that outlives its six months during a session narrows that session too. A reset by SMS limits every session
 * but those that have shown a passkey or the electronic identity, which a stolen SIM does not bring.
 */
async function citizenOf(
  house: House,
  personId: string,
  session: SessionRow,
  sessionId: string,
  now: Date,
): Promise<Citizen | undefined> {
  const account = accountOf(session);
  if (!account) return undefined;
  const isFull = session.scope === "full" && !dutyNow(house.clock, account, now);
  const citizen: Citizen = {
    kind: "citizen",
    personId,
    scope: isFull ? "full" : "change_password",
    sessionId,
    passwordEndsOn: await endToWarnOf(house, account, now),
    limitedUntil: isLimited(account, now) && !isStrong(session.proofs as Proof[]) ? account.limited_until : undefined,
  };
  return session.acting_for ? resumeActing(house, citizen, session.acting_for, now) : citizen;
}

/** As far as it bears on the session; undefined when it is not active. */
function accountOf({ account_status, password_kind, password_set_on, ...others }: SessionRow) {
  if (account_status !== "active" || password_kind === null || password_set_on === null) return undefined;
  const { password_dropped_at, limited_until } = others;
  return { password_kind, password_set_on, password_dropped_at, limited_until };
}
type SessionAccount = NonNullable<ReturnType<typeof accountOf>>;

/** The due day, from the first warning on; a dropped password has none. The policy is asked only when it can matter. */
async function endToWarnOf(house: House, account: SessionAccount, now: Date): Promise<PlainDate | undefined> {
  if (account.password_kind !== "chosen" || account.password_dropped_at) return undefined;
  const dueOn = passwordDueOn(plainDate(account.password_set_on));
  const left = daysBetween(dayOf(now), dueOn);
  if (left < 0 || left > WARNED_MOST_DAYS) return undefined;
  return isWarned(left, await policyOn(house.db, warningDays, dayOf(now))) ? dueOn : undefined;
}

/** Whoever owes a second factor or a password of their own has no role until it is done. */
async function staffOf(
  house: House,
  staffId: string,
  session: SessionRow,
  sessionId: string,
  now: Date,
): Promise<Staff | undefined> {
  const staff = await findActiveStaff(house.db, staffId, dayOf(now).toString());
  if (!staff) return undefined;
  const named = { kind: "staff", staffId, name: staff.full_name, sessionId } as const;
  const hasFactor = hasSecondFactor(session.proofs) || (await hasStaffFactor(house.db, staffId));
  const owes = owedBy({ ...staff, hasFactor }, session.proofs, await monthsFor(house, staff, now), now);
  const isByClock = owes === "password" && staff.password_kind !== "issued";
  if (owes && !(isByClock && !isTimeTrusted(house.clock))) return { ...named, roles: [], owes };
  const roles = staff.roles.map((held) => ({
    role: held.role,
    ...(held.office_code ? { officeCode: held.office_code } : {}),
    ...(held.unit_code ? { unitCode: held.unit_code } : {}),
  }));
  return { ...named, roles, provedUntil: session.elevated_until ?? undefined };
}

/** The policy is asked only when it can matter. */
async function monthsFor(
  house: House,
  staff: { password_set_on: string; roles: readonly { role: string }[] },
  now: Date,
): Promise<number> {
  if (!isPasswordOutlived(plainDate(staff.password_set_on), now, STAFF_PASSWORD_LEAST_MONTHS)) return PASSWORD_MONTHS;
  return monthsOf(staff.roles, await policyOn(house.db, staffPasswordMonths, dayOf(now)));
}

/** Written once a minute at most; never beyond the idle time of what is written. */
async function keepAwake(house: House, session: SessionRow, hash: Buffer, now: Date): Promise<Date> {
  if (now.getTime() - session.seen_at.getTime() < SEEN_STEP_MS) return session.idle_until;
  const minutes = await policyOn(house.db, sessionMinutes, dayOf(now));
  const { idle } = session.subject_kind === "staff" ? minutes.staff : minutes.citizen;
  const idleUntil = new Date(now.getTime() + idle * 60_000);
  await touchSession(house.db, hash, now, idleUntil);
  return idleUntil;
}
