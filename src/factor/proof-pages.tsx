import { sessionCookie } from "../account/cookies.ts";
import { hindranceOf, refusalOf } from "../account/hindrance.ts";
import { proofsOf, proveByPassword, raise } from "../account/proof.ts";
import { renewToken } from "../account/renew-token.ts";
import { nextPage } from "../account/rules-next.ts";
import { isTwoFactor } from "../account/rules-proof.ts";
import { findAccount } from "../account/store.ts";
import { codeMinutes } from "../codes/life-now.ts";
import { isLimitedAt } from "../kernel/actor.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import { maskNumber } from "../kernel/numbers.ts";
import { contactsOf } from "../register/store.ts";
import { sentencesOf } from "../ui/index.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { partyOf, sessionBound } from "./ask.ts";
import { askForPasskey } from "./passkey-ask.ts";
import { proveAgainByPasskey } from "./passkey-proof.ts";
import { ProofPage, type ProofPageProps } from "./proof-view.tsx";
import { proveAgainByCode, sendProofCode } from "./prove-code.ts";
import { proveTotp } from "./prove-totp.ts";
import { passkeysOf } from "./store.ts";
import { findAuthenticator } from "./store-totp.ts";
import { words } from "./words.ts";

/** /account/proof: who sits here proves it again, then goes on to where they were going. */

const TWO = "two=1";

type Wrong = Pick<ProofPageProps, "faults" | "hindrance"> & { codeId?: string; why?: string | undefined };

async function view(ask: Ask, { codeId, why, ...wrong }: Wrong = {}) {
  const { house, now, query, form } = ask;
  const citizen = citizenFrom(ask);
  const { personId } = citizen;
  const code = codeId ?? query.code;
  const account = await findAccount(house.db, personId);
  const contacts = await contactsOf(house.db, personId);
  const phone = contacts.find((one) => one.kind === "phone")?.value;
  const passkeys = (await passkeysOf(house.db, personId)).filter((one) => !one.copied_at);
  const { proofs, isFresh } = await proofsOf(house.db, citizen, now);
  const next = form.next ?? query.next ?? "";
  const needsTwo = query.two === "1" || next.includes(TWO);
  const isLifting = (form.lift ?? query.lift) === "1";
  const ways = {
    password: !isLifting && account !== undefined && !account.password_dropped_at,
    passkey: passkeys.length > 0 && partyOf(ask).isHere,
    authenticator: !isLifting && Boolean((await findAuthenticator(house.db, personId))?.confirmed_at),
    eid: house.settings.eid !== undefined,
  };
  const isAlone = isLifting || !(ways.password || ways.passkey || ways.authenticator || phone);
  // The password that opened this session is no proof of who sits here now, unless it is half of two. What was two, and
  // is no longer fresh, is asked for again.
  const isHalf = needsTwo && proofs.length > 0 && !isTwoFactor(proofs);
  const given = isFresh || isHalf ? proofs : [];
  return (
    <ProofPage
      ask={{ ...ask, seenAt: addressOf({ next, two: needsTwo, lift: isLifting, code }) }}
      next={next}
      needsTwo={needsTwo}
      isLifting={isLifting}
      given={given}
      ways={ways}
      phone={phone && !isLifting ? maskNumber(phone) : undefined}
      code={code ? { id: code, minutes: await codeMinutes(house.db, now) } : undefined}
      hindrance={refusalOf(why, ask.lang, isAlone)}
      {...wrong}
    />
  );
}

/** The page with all that it was asked for, and with the box for the code that is out. */
function addressOf(asked: { next: string; two: boolean; lift: boolean; code: string | undefined }): string {
  const query = new URLSearchParams({
    ...(asked.next ? { next: asked.next } : {}),
    ...(asked.two ? { two: "1" } : {}),
    ...(asked.lift ? { lift: "1" } : {}),
    ...(asked.code ? { code: asked.code } : {}),
  });
  return `/account/proof?${query}`;
}

/** Proved already: straight on. */
async function show(ask: Ask): Promise<Reply> {
  const citizen = citizenFrom(ask);
  const held = await proofsOf(ask.house.db, citizen, ask.now);
  const { two, lift } = ask.query;
  const isEnough = lift === "1" ? !isLimitedAt(citizen, ask.now) : two === "1" ? held.isTwoFactor : held.isFresh;
  if (isEnough) return redirect(nextPage(ask.query.next, "citizen"));
  return page(await view(ask, { why: ask.query.why }));
}

async function proving(ask: Ask, work: () => Promise<void>, more: Wrong = {}): Promise<Reply> {
  try {
    await work();
  } catch (error) {
    const { lang } = ask;
    if (error instanceof Invalid) {
      return page(await view(ask, { ...more, faults: sentencesOf(error.faults, words(lang).faults) }), error.status);
    }
    const told = hindranceOf(error, lang, ask.now, "");
    if (!told) throw error;
    return page(await view(ask, { ...more, hindrance: told.hindrance }), told.status);
  }
  const renewed = await renewToken(ask.house, citizenFrom(ask));
  return { ...redirect(nextPage(ask.form.next, "citizen")), cookies: [sessionCookie(renewed, ask.now)] };
}

function byPassword(ask: Ask): Promise<Reply> {
  return proving(ask, () => proveByPassword(ask.house, citizenFrom(ask), ask.form.password ?? "", ask.now));
}

function byAuthenticator(ask: Ask): Promise<Reply> {
  const { house, form, now } = ask;
  const citizen = citizenFrom(ask);
  return proving(ask, async () => {
    try {
      await proveTotp(house, citizen.personId, form.totp ?? "", now);
    } catch (error) {
      // On this page two boxes ask for a code.
      if (error instanceof Invalid) throw new Invalid(error.faults.map((fault) => ({ ...fault, field: "totp" })));
      throw error;
    }
    await raise(house.db, citizen, "authenticator", now);
  });
}

/** The first post sends a code, the second brings it. */
async function byCode(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const citizen = citizenFrom(ask);
  const { codeId, code = "" } = form;
  if (codeId) return proving(ask, () => proveAgainByCode(house, citizen, { codeId, code, now }), { codeId });
  try {
    const sent = await sendProofCode(house, citizen, lang, now);
    if (sent) return page(await view(ask, { codeId: sent }));
  } catch (error) {
    if (!(error instanceof Conflict && error.code === "no_phone")) throw error;
  }
  return page(await view(ask, { hindrance: { lines: [words(lang).proof.notSent] } }), 429);
}

async function options(ask: Ask): Promise<Reply> {
  const citizen = citizenFrom(ask);
  const { personId } = citizen;
  const boundTo = sessionBound(citizen);
  const asked = await askForPasskey(ask.house, { purpose: "prove", boundTo, personId, now: ask.now });
  return { kind: "bytes", type: "application/json; charset=utf-8", bytes: JSON.stringify(asked) };
}

function byPasskey(ask: Ask): Promise<Reply> {
  const { house, form, now } = ask;
  const citizen = citizenFrom(ask);
  const response = form.response ?? "";
  return proving(ask, () => proveAgainByPasskey(house, citizen, { response, boundTo: sessionBound(citizen), now }));
}

const own = { who: ["citizen", "citizen_changing"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...own, method: "GET", path: "/account/proof", handle: show }),
  pageRoute({ ...own, method: "POST", path: "/account/proof/password", rate: "guess", handle: byPassword }),
  pageRoute({ ...own, method: "POST", path: "/account/proof/authenticator", rate: "guess", handle: byAuthenticator }),
  pageRoute({ ...own, method: "POST", path: "/account/proof/code", rate: "guess", handle: byCode }),
  pageRoute({ ...own, method: "POST", path: "/account/proof/passkey", rate: "guess", handle: byPasskey }),
  pageRoute({ ...own, method: "POST", path: "/account/proof/passkey/options", rate: "guess", handle: options }),
];
