import { Invalid } from "../kernel/failures.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { CODE_COOKIE, codeCookie, waitedCode, waitedMinutes } from "./citizen-code.tsx";
import { fileOf, openOn, placeToGo } from "./citizen-visit.tsx";
import { EmailPage, PhonePage } from "./contact-pages.tsx";
import { saveAnswer } from "./draft.ts";
import { shownStatus } from "./is-over.ts";
import { ProofPage } from "./proof-page.tsx";
import { proveContact } from "./prove-contact.ts";
import { isReachable } from "./rules-answers.ts";
import { type Contact, contactOf } from "./rules-proof.ts";
import { typedOf } from "./rules-typed.ts";
import { sendContactCode, spentFault } from "./send-code.ts";
import type { Declaration } from "./store.ts";
import { contactWords } from "./words-contact.ts";

/**
 * Phone and e-mail are answered and proved on one page: the number, then its code. Whoever cannot get a code
 * goes on without one. What was not proved then may be proved from the receipt.
 */
type Faults = Invalid["faults"];

const postAnswer =
  (contact: Contact) =>
  async (ask: Ask): Promise<Reply> => {
    const file = await fileOf(ask);
    if (!file) return redirect("/register/resume");
    if (file.status !== "draft" || !isReachable(file.answers, contact)) return redirect(await placeToGo(ask, file));
    const again = async (faults: Faults, status: number): Promise<Reply> => {
      const now = (await fileOf(ask)) ?? file;
      const fields = ask.form[contact] === undefined ? typedOf(now.answers, contact) : ask.form;
      const View = contact === "phone" ? PhonePage : EmailPage;
      const codeMinutes = await waitedMinutes(ask, now, contact);
      return page(<View ask={ask} file={now} fields={fields} faults={faults} codeMinutes={codeMinutes} />, status);
    };
    return orAgain(contact, again, () => answer(ask, file, contact));
  };

async function answer(ask: Ask, file: Declaration, contact: Contact): Promise<Reply> {
  const here = `/register/${contact}`;
  const { act } = ask.form;
  if (act === "change") return { kind: "redirect", to: here, clearCookies: [CODE_COOKIE] };
  if (act === "prove")
    return prove(ask, file, contact, async (proved) => openOn(ask, file.code, await placeToGo(ask, proved)));
  const saved =
    ask.form[contact] === undefined
      ? file
      : await saveAnswer(ask.house, { code: file.code, question: contact, fields: ask.form, now: ask.now });
  const isChanged = contactOf(saved.answers, contact) !== contactOf(file.answers, contact);
  if (act === "send" || (act === "keep" && isChanged && contactOf(saved.answers, contact))) {
    return send(ask, saved, contact, here);
  }
  return { ...openOn(ask, file.code, await placeToGo(ask, saved)), clearCookies: [CODE_COOKIE] } as Reply;
}

async function send(ask: Ask, file: Declaration, contact: Contact, to: string): Promise<Reply> {
  const sent = await sendContactCode(ask.house, { code: file.code, contact, lang: ask.lang, now: ask.now });
  return { kind: "redirect", to, cookies: [codeCookie(file, contact, sent)] };
}

async function prove(ask: Ask, file: Declaration, contact: Contact, then: (proved: Declaration) => Promise<Reply>) {
  const requestId = waitedCode(ask, file, contact) ?? "";
  const { house, actor, now, form } = ask;
  const proved = await proveContact(house, { code: file.code, contact, requestId, typed: form.code ?? "", actor, now });
  return { ...(await then(proved)), flash: contactWords(ask.lang)[contact].done, clearCookies: [CODE_COOKIE] } as Reply;
}

/** Wrong codes, wrong numbers and spent budgets come back to the page with a sentence and every way on. */
async function orAgain(
  contact: Contact,
  again: (faults: Faults, status: number) => Promise<Reply> | Reply,
  work: () => Promise<Reply>,
): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Invalid) return again(error.faults, error.status);
    const spent = spentFault(error, contact);
    if (!spent) throw error;
    return again([spent], 429);
  }
}

const showProof =
  (contact: Contact) =>
  async (ask: Ask): Promise<Reply> => {
    const file = await fileOf(ask);
    if (!file) return redirect("/register/resume");
    return (await mayProveNow(ask, file, contact))
      ? proofPage(ask, file, contact)
      : redirect(await placeToGo(ask, file));
  };

const postProof =
  (contact: Contact) =>
  async (ask: Ask): Promise<Reply> => {
    const file = await fileOf(ask);
    if (!file) return redirect("/register/resume");
    if (!(await mayProveNow(ask, file, contact))) return redirect(await placeToGo(ask, file));
    const again = (faults: Faults, status: number) => proofPage(ask, file, contact, faults, status);
    return orAgain(contact, again, async () =>
      ask.form.act === "prove"
        ? prove(ask, file, contact, async () => redirect(await placeToGo(ask, file)))
        : send(ask, file, contact, `/register/${contact}-confirmation`),
    );
  };

async function proofPage(ask: Ask, file: Declaration, contact: Contact, faults: Faults = [], status = 200) {
  const codeMinutes = await waitedMinutes(ask, file, contact);
  const back = await placeToGo(ask, file);
  return page(<ProofPage {...{ ask, file, contact, codeMinutes, faults, back }} />, status);
}

/** After confirming, before the office decides, and only what is still to be proved. */
async function mayProveNow(ask: Ask, file: Declaration, contact: Contact): Promise<boolean> {
  const status = await shownStatus(ask.house.db, file, ask.now);
  const isProved = (contact === "phone" ? file.phoneProvedAt : file.emailProvedAt) !== null;
  return (
    (status === "confirmed" || status === "received") && !isProved && contactOf(file.answers, contact) !== undefined
  );
}

const open = { who: ["anyone"], purpose: "registration" } as const;
/** Their answers tell whether a code is right, or whether a phone has an account: asked as rarely as a password. */
const post = { ...open, method: "POST", rate: "guess" } as const;
const get = { ...open, method: "GET" } as const;

export const routes: Route[] = [
  pageRoute({ ...post, path: "/register/phone", isStep: true, handle: postAnswer("phone") }),
  pageRoute({ ...post, path: "/register/email", isStep: true, handle: postAnswer("email") }),
  pageRoute({ ...get, path: "/register/phone-confirmation", handle: showProof("phone") }),
  pageRoute({ ...post, path: "/register/phone-confirmation", handle: postProof("phone") }),
  pageRoute({ ...get, path: "/register/email-confirmation", handle: showProof("email") }),
  pageRoute({ ...post, path: "/register/email-confirmation", handle: postProof("email") }),
];
