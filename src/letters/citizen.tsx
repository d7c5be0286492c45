/** /letter: whoever holds the code of a letter reads it, signs for it and asks. No code and no name stands in an address. */

import { words as codeWords } from "../codes/words.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid, TryLater } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import type { Lang } from "../kernel/words.ts";
import { type FieldFault, sentencesOf } from "../ui/index.ts";
import { getCommune } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { drawingOf, enter, getByAddressee, PASS_COOKIE, PASS_SECONDS, pdfOf, readPass } from "./entry.ts";
import { printReceipt } from "./print.ts";
import { EnterPage, ReadPage } from "./public-view.tsx";
import type { Fields } from "./rules.ts";
import { sendSignCode, signReceipt } from "./sign.ts";
import type { Addressee } from "./store-addressees.ts";
import { findReceipt, talkOf } from "./store-receipts.ts";
import { askSender } from "./talk.ts";
import { words } from "./words.ts";

const open = { who: ["anyone"], purpose: "rollout" } as const;
const AT = "/letter/receipt";

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: "/letter", handle: (ask) => page(<EnterPage ask={ask} />) }),
  pageRoute({ ...open, method: "POST", path: "/letter", rate: "guess", handle: postKey }),
  pageRoute({ ...open, method: "GET", path: AT, handle: (ask) => read(ask, {}, 200) }),
  pageRoute({ ...open, method: "POST", path: AT, rate: "guess", handle: postReceipt }),
  pageRoute({ ...open, method: "POST", path: "/letter/question", handle: postQuestion }),
  pageRoute({ ...open, method: "GET", path: "/letter/question", handle: () => redirect(AT) }),
  pageRoute({ ...open, method: "GET", path: "/letter/letter.pdf", handle: showPdf }),
  pageRoute({ ...open, method: "GET", path: "/letter/receipt.pdf", handle: showReceiptPdf }),
  pageRoute({ ...open, method: "POST", path: "/letter/leave", handle: leave }),
];

async function postKey(ask: Ask): Promise<Reply> {
  try {
    const entered = await enter(ask.house, ask.form.key ?? "", ask.now);
    if (entered.kind === "receipt") return page(<EnterPage ask={ask} checked={entered} />);
    const cookie = { name: PASS_COOKIE, value: entered.pass, maxAgeSeconds: PASS_SECONDS };
    return { kind: "redirect", to: AT, cookies: [cookie] };
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    return page(<EnterPage ask={ask} faults={saidOf(failure.faults, ask.lang)} />, failure.status);
  }
}

/** The letter that this browser's pass opens; undefined without one. */
async function received(ask: Ask) {
  const addresseeId = readPass(ask.house.vault, ask.cookies[PASS_COOKIE], ask.now);
  return addresseeId ? getByAddressee(ask.house, addresseeId) : undefined;
}

/** The pass of two hours has ended, or the letter was closed. */
const typeAgain = (ask: Ask) => redirect("/letter", words(ask.lang).enter.again);

interface Shown {
  codeId?: string | undefined;
  faults?: readonly FieldFault[];
}

async function read(ask: Ask, { codeId, faults = [] }: Shown, status: number): Promise<Reply> {
  const about = await received(ask);
  if (!about) return typeAgain(ask);
  const { house } = ask;
  const { addresseeId } = about.addressee;
  const receipt = await findReceipt(house.db, addresseeId);
  const drawing = receipt ? drawingOf(house, receipt) : "";
  const talk = await talkOf(house.db, addresseeId);
  const typed: Fields = { place: await placeOf(ask, about.addressee), ...ask.form };
  return page(<ReadPage {...{ ask, ...about, receipt, drawing, talk, typed, codeId, faults }} />, status);
}

/** The commune of the unit: most sign at home. */
export async function placeOf({ house, now }: Ask, { communeCode }: Addressee): Promise<string> {
  if (!communeCode) return "";
  return (await getCommune(house.db, communeCode, dayOf(now).toString()))?.name ?? "";
}

async function postReceipt(ask: Ask): Promise<Reply> {
  const about = await received(ask);
  if (!about) return typeAgain(ask);
  const { house, form, now, lang } = ask;
  const codeId = form.code_id || undefined;
  try {
    if (form.act === "send_sms" || form.act === "send_email") {
      const channel = form.act === "send_sms" ? "sms" : "email";
      return await read(ask, { codeId: await sendSignCode(house, about, { channel, lang, now }) }, 200);
    }
    const way = form.act === "drawn" ? "drawn" : "code";
    await signReceipt(house, about, { form, way, now });
    return redirect(AT, words(lang).signedFlash);
  } catch (failure) {
    return read(ask, { codeId, faults: saidOf(faultsOf(failure), lang) }, statusOf(failure));
  }
}

async function postQuestion(ask: Ask): Promise<Reply> {
  const about = await received(ask);
  if (!about) return typeAgain(ask);
  try {
    await askSender(ask.house, about, ask.form.question, undefined);
    return redirect(AT, words(ask.lang).talk.sent);
  } catch (failure) {
    return read(ask, { faults: saidOf(faultsOf(failure), ask.lang) }, statusOf(failure));
  }
}

async function showPdf(ask: Ask): Promise<Reply> {
  const about = await received(ask);
  if (!about) return typeAgain(ask);
  const bytes = await pdfOf(ask.house, about.letter.id);
  return { kind: "bytes", type: "application/pdf", bytes, name: `cong-van-${about.letter.id}.pdf` };
}

async function showReceiptPdf(ask: Ask): Promise<Reply> {
  const about = await received(ask);
  const receipt = about && (await findReceipt(ask.house.db, about.addressee.addresseeId));
  if (!receipt) return redirect(AT);
  const bytes = await printReceipt(ask.house, { ...about, receipt, lang: ask.lang });
  return { kind: "bytes", type: "application/pdf", bytes, name: `bien-nhan-${about.letter.id}.pdf` };
}

function leave(ask: Ask): Reply {
  return { kind: "redirect", to: "/letter", flash: words(ask.lang).read.left, clearCookies: [PASS_COOKIE] };
}

/** What cannot be done, as faults of this page; what is no failure of the asker goes on. */
export function faultsOf(failure: unknown): readonly Fault[] {
  if (failure instanceof Invalid) return failure.faults;
  if (failure instanceof Conflict && failure.code.startsWith("letter_"))
    return [{ field: failure.code === "letter_talk_full" ? "question" : "signer", key: failure.code }];
  if (failure instanceof TryLater && failure.code === "codes_spent") return [{ field: "signer", key: failure.code }];
  throw failure;
}

export const statusOf = (failure: unknown) =>
  failure instanceof Invalid || failure instanceof Conflict || failure instanceof TryLater ? failure.status : 500;

export function saidOf(faults: readonly Fault[], lang: Lang): FieldFault[] {
  return sentencesOf(faults, { ...codeWords(lang).faults, ...words(lang).faults });
}
