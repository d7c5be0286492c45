import { findAccount } from "../account/store.ts";
import { resendAndTell } from "../account/tell-resent.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { agree } from "./agree.ts";
import { CheckPage } from "./check-page.tsx";
import { CODE_COOKIE, codeCookie, waitedCode } from "./citizen-code.tsx";
import { routes as contactRoutes } from "./citizen-contact.tsx";
import { routes as findNumberRoutes } from "./citizen-find-number.tsx";
import { routes as questionRoutes } from "./citizen-questions.tsx";
import { routes as standingRoutes } from "./citizen-standing.tsx";
import { fileOf, openOn, placeToGo } from "./citizen-visit.tsx";
import { confirm } from "./confirm.ts";
import { deleteDraft, isDeleted } from "./delete-draft.ts";
import { DeletedPage, DeletionPage } from "./deletion-pages.tsx";
import { PASS_COOKIE, PASSES_COOKIE } from "./file-pass.ts";
import { findMethod } from "./find-method.ts";
import { shownStatus } from "./is-over.ts";
import { ofOpenFile } from "./of-open-file.tsx";
import { routes as photoRoutes } from "./photos/citizen.tsx";
import { printForm } from "./print.ts";
import { ReceiptPage } from "./receipt-page.tsx";
import { redeclare } from "./redeclare.ts";
import { refusalReason } from "./refusal-reason.ts";
import { resume } from "./resume.ts";
import { ResumePage, WithdrawalPage } from "./resume-page.tsx";
import { isComplete } from "./rules-answers.ts";
import { photoRule } from "./rules-paper-policies.ts";
import { routes as scanRoutes } from "./scan/citizen.tsx";
import { sendConsentCode, spentFault } from "./send-code.ts";
import { isStanding } from "./standing.ts";
import { type Declaration, eventsOf } from "./store.ts";
import { TrackPage } from "./track-page.tsx";
import { withdraw } from "./withdraw.ts";
import { words } from "./words.ts";
import { wordsOfMethod } from "./words-methods.ts";
import { receiptWords } from "./words-receipt.ts";

/** Form 01 after the questions: check, confirm, receipt, track, come back, withdraw, delete, declare again. */

type Handler = (ask: Ask, file: Declaration) => Promise<Reply> | Reply;

/** Everything here belongs to one file; without a pass there is only the way to open one. */
const withFile = (handle: Handler) => async (ask: Ask) => {
  const file = await fileOf(ask);
  return file ? handle(ask, file) : redirect("/register/resume");
};

async function showCheck(ask: Ask, file: Declaration): Promise<Reply> {
  if (file.status !== "draft" || !isComplete(file.answers)) return redirect(await placeToGo(ask, file));
  return checkPage(ask, file, []);
}

async function checkPage(ask: Ask, file: Declaration, faults: Invalid["faults"], status = 422): Promise<Reply> {
  const { answers } = file;
  if (!isComplete(answers)) return redirect(await placeToGo(ask, file));
  const office = await getOffice(ask.house.db, answers.office.code);
  const officeName = office?.name ?? answers.office.code;
  const photos = await policyOn(ask.house.db, photoRule, dayOf(ask.now));
  const at = { ...ask, seenAt: "/register/check" };
  const view = <CheckPage {...{ ask: at, file, answers, officeName, photos, faults }} />;
  return page(view, faults.length > 0 ? status : 200);
}

async function postConfirmation(ask: Ask, file: Declaration): Promise<Reply> {
  if (file.status !== "draft" || !isComplete(file.answers)) return redirect(await placeToGo(ask, file));
  try {
    await confirm(ask.house, { code: file.code, actor: ask.actor, now: ask.now });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return isStanding(error.faults) ? redirect("/register/standing") : checkPage(ask, file, error.faults);
  }
  return openOn(ask, file.code, "/register/receipt");
}

/** The person who is helped agrees by a code; what goes wrong is said on the same page. */
async function postConsent(ask: Ask, file: Declaration): Promise<Reply> {
  const { house, lang, now, actor, form } = ask;
  if (file.status !== "draft" || !isComplete(file.answers)) return redirect(await placeToGo(ask, file));
  const { code } = file;
  try {
    if (form.act !== "prove") {
      const sent = await sendConsentCode(house, { code, lang, now });
      return { kind: "redirect", to: "/register/check", cookies: [codeCookie(file, "consent", sent)] };
    }
    const requestId = waitedCode(ask, file, "consent") ?? "";
    await agree(house, { code, requestId, typed: form.code ?? "", actor, now });
    return { kind: "redirect", to: "/register/check", clearCookies: [CODE_COOKIE] };
  } catch (error) {
    if (error instanceof Invalid) return checkPage(ask, file, error.faults);
    const spent = spentFault(error, "phone");
    if (!spent) throw error;
    return checkPage(ask, file, [spent], 429);
  }
}

async function showReceipt(ask: Ask, file: Declaration): Promise<Reply> {
  const { answers, lapsesAt, batchedAt } = file;
  if (
    (await shownStatus(ask.house.db, file, ask.now)) !== "confirmed" ||
    batchedAt ||
    !lapsesAt ||
    !isComplete(answers)
  ) {
    return redirect(await placeToGo(ask, file));
  }
  const office = await getOffice(ask.house.db, file.officeCode ?? answers.office.code);
  const events = await eventsOf(ask.house.db, file.id);
  const confirmation = events.find(({ kind }) => kind === "confirmed");
  const match = confirmation?.detail.register === "matched" ? "matched" : "unmatched";
  const bring = await bringOf(ask, file);
  const photos = await policyOn(ask.house.db, photoRule, dayOf(ask.now));
  return page(<ReceiptPage {...{ ask, file, answers, lapsesAt, office, match, bring, photos }} />);
}

/** What a way other than the office asks of the person; its words are those of the day of confirmation. */
async function bringOf(ask: Ask, { answers, confirmedAt }: Declaration): Promise<string | undefined> {
  const chosen = answers.office?.method;
  if (!chosen) return undefined;
  const method = await findMethod(ask.house.db, chosen.code, dayOf(confirmedAt ?? ask.now));
  return method ? wordsOfMethod(method, ask.lang).bring : chosen.name;
}

async function showForm(ask: Ask, file: Declaration): Promise<Reply> {
  const bytes = await printForm(ask.house, { code: file.code, actor: ask.actor, now: ask.now });
  return { kind: "bytes", type: "application/pdf", bytes, name: `${file.code}.pdf` };
}

const opensBys: Record<string, "code" | "own" | "guardian"> = { issued: "code", chosen: "own", none: "guardian" };

async function showTrack(ask: Ask, file: Declaration): Promise<Reply> {
  if (file.status === "draft") return redirect(await placeToGo(ask, file));
  const refused = await refusalReason(ask.house.db, file);
  const events = file.status === "confirmed" ? await eventsOf(ask.house.db, file.id) : [];
  const isMoved = events.some(({ kind }) => kind === "handed_over");
  const newOffice = isMoved ? await getOffice(ask.house.db, file.officeCode ?? "") : undefined;
  const account = file.personId ? await findAccount(ask.house.db, file.personId) : undefined;
  const shown = {
    ask,
    file,
    status: await shownStatus(ask.house.db, file, ask.now),
    refused,
    newOffice: newOffice?.name,
  };
  const opensBy = account && opensBys[account.password_kind];
  return page(<TrackPage {...shown} codeUntil={account?.issued_until ?? undefined} opensBy={opensBy} />);
}

/** Whoever opened the file by code and birth date may have the activation code sent again, to where it was declared. */
async function postActivation(ask: Ask, file: Declaration): Promise<Reply> {
  if (file.status !== "accepted" || !file.personId) return redirect("/register/track");
  const asked = { personId: file.personId, by: ask.actor, now: ask.now };
  return redirect("/register/track", await resendAndTell(ask.house, asked, ask.lang));
}

async function postResume(ask: Ask): Promise<Reply> {
  try {
    const file = await resume(ask.house, ask.form, ask.now);
    return openOn(ask, file.code, await placeToGo(ask, file));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return page(<ResumePage ask={ask} fields={ask.form} faults={error.faults} />, 422);
  }
}

async function showWithdrawal(ask: Ask, file: Declaration): Promise<Reply> {
  const status = await shownStatus(ask.house.db, file, ask.now);
  if (status === "draft") return redirect("/register/deletion");
  if (status !== "confirmed") return redirect("/register/track");
  return page(<WithdrawalPage ask={ask} code={file.code} />);
}

async function postWithdrawal(ask: Ask, file: Declaration): Promise<Reply> {
  await withdraw(ask.house, { code: file.code, actor: ask.actor, now: ask.now });
  return redirect("/register/track", receiptWords(ask.lang).withdrawal.done);
}

async function showDeletion(ask: Ask, file: Declaration): Promise<Reply> {
  const back = await placeToGo(ask, file);
  return file.status === "draft" ? page(<DeletionPage ask={ask} code={file.code} back={back} />) : redirect(back);
}

async function postDeletion(ask: Ask, file: Declaration): Promise<Reply> {
  if (file.status !== "draft" && !isDeleted(file)) return redirect(await placeToGo(ask, file));
  await deleteDraft(ask.house, { code: file.code, actor: ask.actor, now: ask.now });
  return { kind: "redirect", to: "/register/deleted", clearCookies: [PASS_COOKIE, CODE_COOKIE] };
}

/** The answers come along; where they are gone, the page of the file says so and leads to a new one. */
async function postAgain(ask: Ask, file: Declaration): Promise<Reply> {
  try {
    const draft = await redeclare(ask.house, { code: file.code, actor: ask.actor, now: ask.now });
    return openOn(ask, draft.code, await placeToGo(ask, draft));
  } catch (error) {
    if (error instanceof Invalid) return redirect("/register/track");
    throw error;
  }
}

function postLeave(ask: Ask): Reply {
  return { kind: "redirect", to: "/", flash: words(ask.lang).left, clearCookies: [PASS_COOKIE, PASSES_COOKIE] };
}

const open = { who: ["anyone"], purpose: "registration" } as const;
const get = { ...open, method: "GET" } as const;
const post = { ...open, method: "POST" } as const;

export const routes: Route[] = ofOpenFile([
  ...contactRoutes,
  ...standingRoutes,
  ...findNumberRoutes,
  ...questionRoutes,
  ...scanRoutes,
  ...photoRoutes,
  pageRoute({ ...post, path: "/register/consent", rate: "guess", handle: withFile(postConsent) }),
  pageRoute({ ...get, path: "/register/check", handle: withFile(showCheck) }),
  // Its answer tells that something stands in the way of these numbers.
  pageRoute({ ...post, path: "/register/confirmation", rate: "guess", handle: withFile(postConfirmation) }),
  pageRoute({ ...get, path: "/register/receipt", handle: withFile(showReceipt) }),
  pageRoute({ ...get, path: "/register/form.pdf", handle: withFile(showForm) }),
  pageRoute({ ...get, path: "/register/track", handle: withFile(showTrack) }),
  pageRoute({ ...post, path: "/register/activation", rate: "guess", handle: withFile(postActivation) }),
  pageRoute({
    ...get,
    path: "/register/resume",
    handle: (ask) => page(<ResumePage ask={ask} fields={{}} faults={[]} />),
  }),
  pageRoute({ ...post, path: "/register/resume", rate: "guess", handle: postResume }),
  pageRoute({ ...get, path: "/register/withdrawal", handle: withFile(showWithdrawal) }),
  pageRoute({ ...post, path: "/register/withdrawal", handle: withFile(postWithdrawal) }),
  pageRoute({ ...get, path: "/register/deletion", handle: withFile(showDeletion) }),
  pageRoute({ ...post, path: "/register/deletion", handle: withFile(postDeletion) }),
  pageRoute({ ...get, path: "/register/deleted", handle: (ask) => page(<DeletedPage ask={ask} />) }),
  pageRoute({ ...post, path: "/register/again", handle: withFile(postAgain) }),
  pageRoute({ ...post, path: "/register/leave", handle: postLeave }),
]);
