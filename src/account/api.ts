import { z } from "zod";
import { TRIES } from "../codes/rules.ts";
import { Forbidden, NotSignedIn } from "../kernel/failures.ts";
import { apiRoute, type Route } from "../web/route.ts";
import { changePassword } from "./change-password.ts";
import { sessionCookie } from "./cookies.ts";
import { COOKIE } from "./identify.ts";
import { recover } from "./recover.ts";
import { requestRecovery } from "./request-recovery.ts";
import { deviceLabel } from "./rules-next.ts";
import { passwordPolicy } from "./rules-password.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

/** Sessions and passwords for programs. */

const TYPED_MAX = passwordPolicy.most * 4;
const login = z.string().max(30).describe("Mã số BHXH (10 digits) or số định danh cá nhân (12 digits)");
const password = z.string().max(TYPED_MAX).describe("The password, or the activation code of a new account");
const newPassword = password.describe(
  `At least ${passwordPolicy.least} characters, any letters and spaces; not common, not personal, not like the old one`,
);
const open = { who: ["anyone"], purpose: "account", rate: "guess", isIdempotent: false } as const;
const changing = { who: ["citizen", "citizen_changing"], purpose: "account", isIdempotent: false } as const;

const signInRoute = apiRoute({
  ...open,
  method: "POST",
  path: "/api/v1/session",
  summary: "Sign in",
  bodyOf: z.object({
    login,
    password,
    code: z
      .string()
      .max(30)
      .optional()
      .describe(
        "Of the authenticator or a spare code; asked for (401 second_factor_needed) only where it is switched on",
      ),
  }),
  replies: {
    201: z.object({
      token: z.string().describe("Bearer token; the same session is set as a cookie"),
      mustChangePassword: z.boolean().describe("Only changing the password and signing out are open"),
      expiresAt: z.iso.datetime(),
    }),
  },
  async handle({ house, body, headers, now }) {
    const device = deviceLabel(headers["user-agent"]);
    const opened = await signIn(house, { ...body, kind: "bearer", device, now });
    const { token, expiresAt, mustChange } = opened;
    return {
      status: 201,
      body: { token, mustChangePassword: mustChange !== undefined, expiresAt: expiresAt.toISOString() },
      cookies: [sessionCookie(opened, now)],
    };
  },
});

const signOutRoute = apiRoute({
  method: "DELETE",
  path: "/api/v1/session",
  who: ["citizen", "citizen_changing", "any_staff"],
  purpose: "account",
  isIdempotent: false,
  summary: "Sign out: this session ends at once",
  replies: { 204: z.undefined() },
  async handle({ house, actor, now }) {
    await signOut(house, actor, now);
    return { status: 204, clearCookies: [COOKIE] };
  },
});

const passwordRoute = apiRoute({
  ...changing,
  method: "PUT",
  path: "/api/v1/account/password",
  rate: "guess",
  summary: "Change the password; this session opens fully, all others end",
  bodyOf: z.object({ currentPassword: password, newPassword }),
  replies: { 204: z.undefined() },
  async handle({ house, actor, body, now }) {
    if (actor.kind === "staff") throw new Forbidden();
    if (actor.kind !== "citizen") throw new NotSignedIn();
    await changePassword(house, actor, { ...body, now });
    return { status: 204 };
  },
});

const recoveryRoute = apiRoute({
  ...open,
  method: "POST",
  path: "/api/v1/account/recovery",
  summary: "Ask for a code to set a new password; the answer is the same whether the number exists or not",
  bodyOf: z.object({
    login,
    channel: z.enum(["sms", "email"]).default("sms").describe("The telephone or the e-mail address on file"),
  }),
  replies: { 202: z.object({ request: z.uuid() }) },
  async handle({ house, body, lang, now }) {
    const { requestId } = await requestRecovery(house, { ...body, lang, now });
    return { status: 202, body: { request: requestId } };
  },
});

const recoverRoute = apiRoute({
  ...open,
  method: "POST",
  path: "/api/v1/account/recovery/{request}",
  summary: `Set a new password with the code; ${TRIES} tries within minutes, as the message says`,
  params: z.object({ request: z.uuid() }),
  bodyOf: z.object({ code: z.string().max(30), newPassword }),
  replies: { 204: z.undefined() },
  async handle({ house, params, body, now }) {
    await recover(house, { requestId: params.request, ...body, now });
    return { status: 204 };
  },
});

export const routes: Route[] = [signInRoute, signOutRoute, passwordRoute, recoveryRoute, recoverRoute];
