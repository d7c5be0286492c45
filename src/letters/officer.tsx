/** /console/letters: an office or a leader sends letters and follows their receipts; a unit reads and signs for its own. */
import { record } from "../audit/record.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotAllowed, NotFound, NotSignedIn } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import { isUuid } from "../kernel/uuid.ts";
import { staffNames } from "../review/staff-names.ts";
import { ErrorSummary, type FieldFault, Layout, sentencesOf, textOf } from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { faultsOf, placeOf, saidOf, statusOf } from "./citizen.tsx";
import { findReceived, getAddressee, getOwnLetter, isSender, receiversOf, sendersOf, unitsToWrite } from "./desk.ts";
import { addGroup, boxesOf, changeHead, createDraft, removeFromDraft } from "./draft.ts";
import { DraftParts, type LetterDesk, letterHref, typedOf } from "./draft-view.tsx";
import { drawingOf, noteOpened, pdfOf } from "./entry.ts";
import styles from "./letters.css?inline";
import { type LettersOfPage, LettersPage, RegisterParts, replaceable } from "./officer-view.tsx";
import { printReceipt, printRegister, registerCsv } from "./print.ts";
import { ReceivedParts } from "./received-view.tsx";
import { STANDS } from "./rules.ts";
import { PDF_MOST_BYTES } from "./rules-pdf.ts";
import { sendLetter } from "./send.ts";
import { signReceipt } from "./sign.ts";
import { findLetter, type Letter, type ListedLetter, listLetters, listReceived } from "./store.ts";
import { type Addressee, addresseesOf } from "./store-addressees.ts";
import { findReceipt, talkOf } from "./store-receipts.ts";
import { answerAddressee, askSender } from "./talk.ts";
import { words } from "./words.ts";
import { deskWords } from "./words-desk.ts";

const desk = { who: ["officer", "supervisor", "leader"], purpose: "rollout" } as const;
const unit = { who: ["coordinator", "leader"], purpose: "rollout" } as const;
const both = { who: ["officer", "supervisor", "leader", "coordinator"], purpose: "rollout" } as const;
const AT = "/console/letters";
const LISTED = 100;
/** What travels around the file. */
const FORM_BYTES = 1024 * 1024;
const withPdf = { filesUpTo: PDF_MOST_BYTES + FORM_BYTES, rate: "upload" } as const;

const acts = {
  head: { ...desk, ...withPdf, handle: postHead },
  addressees: { ...desk, ...withPdf, handle: postGroup },
  removal: { ...desk, ...withPdf, handle: postRemoval },
  sending: { ...desk, ...withPdf, handle: postSending },
  answer: { ...desk, handle: postAnswer },
  receipt: { ...unit, handle: postReceipt },
  question: { ...unit, handle: postQuestion },
};

export const routes: Route[] = [
  pageRoute({ ...both, method: "GET", path: AT, handle: (ask) => showList(ask, [], 200) }),
  pageRoute({ ...desk, ...withPdf, method: "POST", path: AT, handle: postLetter }),
  pageRoute({ ...both, method: "GET", path: `${AT}/:id`, handle: (ask) => showLetter(ask, [], 200) }),
  pageRoute({ ...both, method: "GET", path: `${AT}/:id/letter.pdf`, handle: showPdf }),
  pageRoute({ ...both, method: "GET", path: `${AT}/:id/receipts/:addressee`, handle: showReceipt }),
  pageRoute({ ...desk, method: "GET", path: `${AT}/:id/register.pdf`, handle: showRegister }),
  pageRoute({ ...desk, method: "GET", path: `${AT}/:id/register.csv`, handle: showCsv }),
  ...Object.entries(acts).flatMap(([act, row]) => [
    pageRoute({ ...row, method: "POST", path: `${AT}/:id/${act}` }),
    pageRoute({
      who: row.who,
      purpose: row.purpose,
      method: "GET",
      path: `${AT}/:id/${act}`,
      handle: (ask) => redirect(letterHref(ask.params.id ?? "")),
    }),
  ]),
];

async function deskOf(ask: Ask): Promise<LetterDesk & { staff: Staff }> {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  const [office] = sendersOf(ask.actor).offices;
  const officeName = office ? (await getOffice(ask.house.db, office))?.name : undefined;
  return { ask, staff: ask.actor, officeName };
}

async function showList(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const at = await deskOf(ask);
  const { db } = ask.house;
  const senders = sendersOf(at.staff);
  const receivers = receiversOf(at.staff);
  const isSending = senders.offices.length + senders.units.length > 0;
  const [after, receivedAfter] = [sentPlace(ask.query.sent), receivedPlace(ask.query.received)];
  const sent = isSending ? pageOf("sent", after, await listLetters(db, senders, { ...NEXT, after })) : undefined;
  const received =
    receivers.length > 0 || !isSending
      ? pageOf("received", receivedAfter, await listReceived(db, receivers, { ...NEXT, after: receivedAfter }))
      : undefined;
  const typed = await typedFor(ask);
  const offered = await toReplace(at, sent?.letters ?? [], typed.replaces);
  return page(<LettersPage {...{ at, sent, received, faults, typed, offered }} />, status);
}

/** One row more than a page tells that there is another. */
const NEXT = { limit: LISTED + 1 };
const sentPlace = (text: string | undefined) => (/^[0-2]-\d{1,18}$/.test(text ?? "") ? text : undefined);
const receivedPlace = (text: string | undefined) => {
  const [, place, addressee = ""] = /^([01]-\d{1,18})-(.{36})$/.exec(text ?? "") ?? [];
  return place && isUuid(addressee) ? text : undefined;
};

function pageOf<L extends { place: string }>(name: string, after: string | undefined, found: L[]): LettersOfPage<L> {
  const letters = found.slice(0, LISTED);
  const place = found.length > LISTED ? letters.at(-1)?.place : undefined;
  return {
    letters,
    older: place && `${AT}?${new URLSearchParams({ [name]: place })}`,
    newer: after === undefined ? undefined : AT,
  };
}

/** Of the letters listed those that may be replaced, and the one that is chosen, however old it is. */
async function toReplace({ ask, staff }: At, listed: readonly ListedLetter[], chosen: string | null | undefined) {
  const offered = replaceable(listed);
  if (!isLetterId(chosen) || offered.some(({ id }) => id === chosen)) return offered;
  const letter = await findLetter(ask.house.db, chosen);
  // One that was replaced meanwhile stays chosen: it is refused in words, and never left out unasked.
  return letter?.sentAt && isSender(sendersOf(staff), letter) ? [letter, ...offered] : offered;
}

const isLetterId = (text: string | null | undefined): text is string => /^\d{1,18}$/.test(text ?? "");

/** A letter that replaces another begins with its words. */
async function typedFor(ask: Ask) {
  const { replaces } = ask.query;
  if (!replaces || ask.actor.kind !== "staff") return ask.form;
  const letter = await getOwnLetter(ask.house.db, ask.actor, replaces);
  return { ...typedOf(letter), number: "", dated_day: "", dated_month: "", dated_year: "", replaces: letter.id };
}

async function postLetter(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  try {
    const id = await createDraft(ask.house, staff, ask.form, ask.files.pdf?.bytes);
    return redirect(letterHref(id), deskWords(ask.lang).head.saved);
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    return showList(ask, saidAtDesk(failure.faults, ask), failure.status);
  }
}

/** The same address for who sends and who receives: each sees their side. */
async function showLetter(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const at = await deskOf(ask);
  const id = ask.params.id ?? "";
  const letter = isLetterId(id) ? await findLetter(ask.house.db, id) : undefined;
  const isOwn = letter !== undefined && isSender(sendersOf(at.staff), letter);
  const parts = isOwn ? await ownParts(at, letter, faults) : await receivedParts(at, id, faults);
  const { number } = parts.letter;
  return page(
    <Layout
      ask={ask}
      face="console"
      title={words(ask.lang).read.title(number)}
      back={AT}
      nowAt="letters"
      officeName={at.officeName}
      styles={[styles]}
      wide={isOwn}
    >
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{words(ask.lang).read.title(number)}</h1>
      {parts.view}
    </Layout>,
    status,
  );
}

type At = LetterDesk & { staff: Staff };

async function ownParts(at: At, letter: Letter, faults: readonly FieldFault[]) {
  const { ask, staff } = at;
  const { house, form, query } = ask;
  const addressees = await addresseesOf(house.db, letter.id);
  if (!letter.sentAt) {
    const listed = await listLetters(house.db, sendersOf(staff), { limit: LISTED });
    const isTold = textOf(faults, "main") === deskWords(ask.lang).faults.head_changed;
    const typed = boxesOf(letter, form, { today: dayOf(ask.now), isTold });
    const sent = await toReplace(at, listed, typed.replaces ?? letter.replacesId);
    const units = await unitsToWrite(house, staff);
    const kinds = ask.many.kinds ?? [];
    return { letter, view: <DraftParts {...{ ask, letter, addressees, units, kinds, faults, sent, typed }} /> };
  }
  await record(house.db, {
    at: ask.now,
    actor: staff,
    action: "letter.register",
    purpose: "rollout",
    object: { kind: "letter", id: letter.id },
    officeCode: letter.officeCode ?? undefined,
    detail: { addressees: addressees.length },
  });
  const asked = form.addressee ?? query.of;
  const addressee = asked ? await getAddressee(house.db, letter, asked) : undefined;
  const open = addressee && { addressee, talk: await talkOf(house.db, addressee.addresseeId) };
  const filter = STANDS.find((stand) => stand === query.show);
  const names = await staffNames(house.db);
  return { letter, view: <RegisterParts {...{ at, letter, addressees, filter, open, names, faults }} /> };
}

async function receivedParts(at: At, id: string, faults: readonly FieldFault[]) {
  const { ask, staff } = at;
  const { house } = ask;
  const { letter, addressee } = await getReceived(ask, staff, id);
  await noteOpened(house, addressee.addresseeId, ask.now, staff);
  const receipt = await findReceipt(house.db, addressee.addresseeId);
  const drawing = receipt ? drawingOf(house, receipt) : "";
  const talk = await talkOf(house.db, addressee.addresseeId);
  const typed = { signer: staff.name, place: await placeOf(ask, addressee), ...ask.form };
  return { letter, view: <ReceivedParts {...{ at, letter, addressee, receipt, drawing, talk, typed, faults }} /> };
}

async function getReceived(ask: Ask, staff: Staff, id: string): Promise<{ letter: Letter; addressee: Addressee }> {
  const received = await findReceived(ask.house.db, staff, id);
  if (!received) throw new NotFound("letter");
  return received;
}

async function postHead(ask: Ask): Promise<Reply> {
  return acted(ask, async (staff, id) => {
    await changeHead(ask.house, staff, id, ask.form, ask.files.pdf?.bytes);
    if (hasGroup(ask)) await addGroup(ask.house, staff, id, ask.form, ask.many.kinds ?? []);
    return redirect(letterHref(id), deskWords(ask.lang).head.saved);
  });
}

async function postGroup(ask: Ask): Promise<Reply> {
  return acted(ask, async (staff, id) => {
    await keepHead(ask, staff, id);
    await addGroup(ask.house, staff, id, ask.form, ask.many.kinds ?? []);
    return redirect(letterHref(id), deskWords(ask.lang).group.added);
  });
}

async function postRemoval(ask: Ask): Promise<Reply> {
  return acted(ask, async (staff, id) => {
    await keepHead(ask, staff, id);
    await removeFromDraft(ask.house, staff, id, ask.form.addressee ?? "");
    if (hasGroup(ask)) await addGroup(ask.house, staff, id, ask.form, ask.many.kinds ?? []);
    return redirect(letterHref(id), deskWords(ask.lang).group.removed);
  });
}

/** To no more addressees than its button names: a group that is still being typed is added first. */
async function postSending(ask: Ask): Promise<Reply> {
  return acted(ask, async (staff, id) => {
    const seen = await keepHead(ask, staff, id);
    if (hasGroup(ask)) throw new Invalid([{ field: "group", key: "group_waits" }]);
    await sendLetter(ask.house, staff, id, seen);
    return redirect(letterHref(id), deskWords(ask.lang).send.done);
  });
}

/** Kept for itself, before what the button does: a PDF that was chosen is there even if the rest has a fault. */
async function keepHead({ house, form, files }: Ask, staff: Staff, id: string): Promise<string | undefined> {
  return form.number === undefined ? undefined : changeHead(house, staff, id, form, files.pdf?.bytes);
}

const hasGroup = ({ form, many }: Ask) => Boolean(form.group?.trim() || form.lines?.trim() || many.kinds?.length);

async function postAnswer(ask: Ask): Promise<Reply> {
  return acted(ask, async (staff, id) => {
    const letter = await getOwnLetter(ask.house.db, staff, id);
    const addressee = await getAddressee(ask.house.db, letter, ask.form.addressee ?? "");
    await answerAddressee(ask.house, { letter, addressee }, ask.form.answer, staff);
    return redirect(letterHref(id, `?of=${addressee.addresseeId}`), deskWords(ask.lang).thread.sent);
  });
}

/** What cannot be done stands on the page of the letter, with what was typed. */
async function acted(ask: Ask, work: (staff: Staff, id: string) => Promise<Reply>): Promise<Reply> {
  const { staff } = await deskOf(ask);
  try {
    return await work(staff, ask.params.id ?? "");
  } catch (failure) {
    if (failure instanceof Invalid) return showLetter(ask, saidAtDesk(failure.faults, ask), failure.status);
    const { code } = failure as { code?: string };
    const isSaid = failure instanceof NotAllowed || failure instanceof Conflict;
    if (!isSaid || !code || !(code in deskWords(ask.lang).faults)) throw failure;
    return showLetter(ask, saidAtDesk([{ field: "main", key: code }], ask), failure.status);
  }
}

const saidAtDesk = (faults: readonly Fault[], ask: Ask) => sentencesOf(faults, deskWords(ask.lang).faults);

async function postReceipt(ask: Ask): Promise<Reply> {
  return receivedAct(ask, async (staff, received) => {
    const way = ask.form.act === "drawn" ? "drawn" : "account";
    await signReceipt(ask.house, received, { form: ask.form, way, staff, now: ask.now });
    return redirect(letterHref(received.letter.id), words(ask.lang).signedFlash);
  });
}

async function postQuestion(ask: Ask): Promise<Reply> {
  return receivedAct(ask, async (staff, received) => {
    await askSender(ask.house, received, ask.form.question, staff);
    return redirect(letterHref(received.letter.id), words(ask.lang).talk.sent);
  });
}

async function receivedAct(
  ask: Ask,
  work: (staff: Staff, received: { letter: Letter; addressee: Addressee }) => Promise<Reply>,
): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const received = await getReceived(ask, staff, ask.params.id ?? "");
  try {
    return await work(staff, received);
  } catch (failure) {
    return showLetter(ask, saidOf(faultsOf(failure), ask.lang), statusOf(failure));
  }
}

/** Its own letter, draft or sent, or one that a unit of the asker's received. */
async function getSeen(ask: Ask, staff: Staff): Promise<Letter> {
  const id = ask.params.id ?? "";
  const received = await findReceived(ask.house.db, staff, id);
  return received?.letter ?? getOwnLetter(ask.house.db, staff, id);
}

const pdf = (bytes: Uint8Array, name: string): Reply => ({ kind: "bytes", type: "application/pdf", bytes, name });

async function showPdf(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const { id } = await getSeen(ask, staff);
  return pdf(await pdfOf(ask.house, id), `cong-van-${id}.pdf`);
}

/** Of one's own addressees, or of one's own unit. */
async function showReceipt(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const { house, lang, now, params } = ask;
  const letter = await getSeen(ask, staff);
  const addressee = await getAddressee(house.db, letter, params.addressee ?? "");
  const isReceiver = addressee.unitCode !== null && receiversOf(staff).includes(addressee.unitCode);
  if (!isReceiver && !isSender(sendersOf(staff), letter)) throw new NotFound("letter");
  const receipt = await findReceipt(house.db, addressee.addresseeId);
  if (!receipt) throw new NotFound("letter");
  const object = { kind: "letter_addressee", id: addressee.addresseeId };
  await record(house.db, { at: now, actor: staff, action: "letter.print_receipt", purpose: "rollout", object });
  return pdf(await printReceipt(house, { letter, addressee, receipt, lang }), `bien-nhan-${letter.id}.pdf`);
}

async function registerOf(ask: Ask, as: string) {
  const { staff } = await deskOf(ask);
  const { house, now } = ask;
  const letter = await getOwnLetter(house.db, staff, ask.params.id ?? "");
  const object = { kind: "letter", id: letter.id };
  await record(house.db, {
    at: now,
    actor: staff,
    action: "letter.register",
    purpose: "rollout",
    object,
    detail: { as },
  });
  return { staff, letter, addressees: await addresseesOf(house.db, letter.id) };
}

async function showRegister(ask: Ask): Promise<Reply> {
  const { staff, letter, addressees } = await registerOf(ask, "pdf");
  const { house, lang, now } = ask;
  return pdf(
    printRegister(house, { letter, addressees, keeper: staff.name, lang, now }),
    `so-ky-nhan-${letter.id}.pdf`,
  );
}

async function showCsv(ask: Ask): Promise<Reply> {
  const { letter, addressees } = await registerOf(ask, "csv");
  const bytes = registerCsv({ addressees, lang: ask.lang });
  return { kind: "bytes", type: "text/csv; charset=utf-8", bytes, name: `so-ky-nhan-${letter.id}.csv` };
}
