/**
 * Guides by what somebody is, each of steps that fit on one A4. A step names the page that it is about: its picture
 * is of that page, and a test asks the registry whether the page still exists.
 */
import type { Lang } from "../kernel/words.ts";

export const PICTURE = { width: 360, height: 520, largestBytes: 25_600 } as const;

/** What a step is called, in words.ts and among the pictures, and the row of the registry that answers. */
interface Step {
  key: string;
  route: string;
}

const step = <const K extends string>(key: K, route: string) => ({ key, route }) satisfies Step;

export const GUIDES = {
  new: [
    step("start", "/"),
    step("question", "/register/:step"),
    step("check", "/register/check"),
    step("receipt", "/register/receipt"),
    step("track", "/register/track"),
    step("first-password", "/account/password"),
  ],
  app: [
    step("sign-in", "/sign-in"),
    step("card", "/app"),
    step("keep", "/app/keep"),
    step("years", "/app/participation"),
    step("visits", "/app/visits"),
    step("devices", "/account/devices"),
  ],
  helper: [
    step("who", "/register/:step"),
    step("consent", "/register/check"),
    step("helped-receipt", "/register/receipt"),
    step("family", "/app/family"),
    step("acting", "/app"),
    step("find", "/find"),
  ],
  counter: [
    step("queue", "/console"),
    step("reception", "/console/files/:code/reception"),
    step("compare", "/console/files/:code"),
    step("accept", "/console/files/:code"),
    step("refusal", "/console/files/:code/refusal"),
    step("account", "/console/account"),
  ],
  hotline: [
    step("desk", "/console/hotline"),
    step("caller", "/console/hotline/calls/:id"),
    step("matters", "/console/hotline/calls/:id"),
    step("ticket", "/console/hotline/tickets/:code"),
    step("themes", "/console/hotline/themes"),
  ],
  unit: [
    step("invitation", "/invitation"),
    step("upload", "/console/roster/upload"),
    step("people", "/console/roster"),
    step("person", "/console/roster/people/:line"),
    step("appointment", "/console/roster/appointments"),
    step("letter", "/letter"),
  ],
  commune: [
    step("units", "/console/units"),
    step("invite", "/console/units/:unit"),
    step("air", "/console/campaign"),
    step("poster", "/console/campaign"),
    step("desk-day", "/console/campaign"),
    step("help-page", "/help"),
  ],
  leader: [
    step("leader-page", "/console/coverage/leader"),
    step("coverage", "/console/coverage"),
    step("coverage-unit", "/console/coverage/units/:code"),
    step("definitions", "/console/coverage/definitions"),
    step("second", "/console"),
    step("looks", "/console/looks"),
  ],
  operator: [
    step("promise", "/console/promise"),
    step("outbox", "/console/outbox"),
    step("message", "/console/outbox/:id"),
    step("intake", "/console/intake"),
  ],
} as const satisfies Record<string, readonly Step[]>;

export type Role = keyof typeof GUIDES;
export const ROLES = Object.keys(GUIDES) as Role[];

/** Who may use these pages in English: their pictures are there in both languages. At a desk the pages are Vietnamese. */
export const IN_ENGLISH: readonly Role[] = ["new", "app", "helper"];

/** What a step's picture is called. */
export function pictureName(role: Role, key: string, lang: Lang): string {
  return lang === "en" && IN_ENGLISH.includes(role) ? `${key}-en` : key;
}

/** Each step of a role, and each of all of them: a key is used once. */
export type StepOf<R extends Role> = (typeof GUIDES)[R][number]["key"];
export type StepKey = StepOf<Role>;

export const findRole = (text: string | undefined): Role | undefined => ROLES.find((role) => role === text);
