import { renderToString } from "preact-render-to-string";
import { record } from "../audit/record.ts";
import { findUnitByCode } from "../drive/store-person-unit.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { dayOf, formatMoment } from "../kernel/calendar.ts";
import { NotFound, NotSignedIn } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { findByCode } from "../registration/store.ts";
import { staffNames } from "../review/staff-names.ts";
import type { FieldFault } from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { beginCall } from "./begin-call.ts";
import { ticketFromCall } from "./call-ticket.ts";
import { CallPage, type CallProps } from "./call-view.tsx";
import { categoriesNow, categoryNames } from "./categories.ts";
import { DeskPage } from "./desk-view.tsx";
import { Fitting } from "./fitting-view.tsx";
import { faultsOf, HOME, type Seat } from "./frame.tsx";
import { identifyCaller } from "./identify-caller.ts";
import { fileMatter, mattersOf } from "./matters.ts";
import { endCall, getOwnCall, isOpen } from "./own-call.ts";
import { rankAnswers } from "./rules-answers.ts";
import { questionsFor } from "./rules-identify.ts";
import { identification } from "./rules-policies.ts";
import { scopeOf } from "./see-ticket.ts";
import { sendCallerCode } from "./send-caller-code.ts";
import { type AnswerVersion, publicAnswers } from "./store-answers.ts";
import { countTickets, listTickets, QUEUE_SHOWS } from "./store-ticket.ts";
import { callWords } from "./words-call.ts";

/** The hotline's desk and one call: caller, person, open matters, note, ticket. */
export const desk = { who: ["hotline", "officer", "supervisor"], purpose: "hotline" } as const;
const TICKETS_MOST = 50;
const SUGGESTED_MOST = 6;
const FITTING_MOST = 3;

export const routes: Route[] = [
  pageRoute({ ...desk, method: "POST", path: `${HOME}/calls`, handle: postCall }),
  pageRoute({ ...desk, method: "POST", path: `${HOME}/suggestions`, handle: showFitting }),
  pageRoute({ ...desk, method: "GET", path: `${HOME}/suggestions`, handle: () => redirect(HOME) }),
  pageRoute({ ...desk, method: "GET", path: `${HOME}/calls`, handle: () => redirect(HOME) }),
  pageRoute({ ...desk, method: "GET", path: `${HOME}/calls/:id`, handle: (ask) => callPage(ask, {}) }),
  pageRoute({ ...desk, method: "POST", path: `${HOME}/calls/:id/:act`, rate: "guess", handle: postInCall }),
  pageRoute({
    ...desk,
    method: "GET",
    path: `${HOME}/calls/:id/:act`,
    handle: (ask) => redirect(`${HOME}/calls/${ask.params.id}`),
  }),
];

export async function seatOf(ask: Ask): Promise<{ staff: Staff; at: Seat }> {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  const [code] = officesAtWork(ask.actor);
  const officeName = code ? (await getOffice(ask.house.db, code))?.name : undefined;
  return { staff: ask.actor, at: { ask, officeName } };
}

export async function showDesk(ask: Ask, faults: readonly FieldFault[] = []): Promise<Reply> {
  const { staff, at } = await seatOf(ask);
  const { house, now, query } = ask;
  const scope = scopeOf(staff);
  const show = QUEUE_SHOWS.find((one) => one === query.show) ?? "open";
  const tickets = await listTickets(house.db, scope, { show, now, limit: TICKETS_MOST });
  await record(house.db, {
    ...{ at: now, actor: staff, action: "hotline.list", purpose: "hotline" },
    officeCode: officesAtWork(staff)[0],
    detail: { show, tickets: tickets.length },
  });
  const props = {
    ...{ at, faults, show, tickets, typed: ask.form },
    counts: await countTickets(house.db, scope, now),
    categories: await categoryNames(house.db, ask.lang),
    names: await staffNames(house.db),
    hasCounter: officesAtWork(staff).length > 0,
  };
  return page(<DeskPage {...props} />, faults.length > 0 ? 422 : 200);
}

async function postCall(ask: Ask): Promise<Reply> {
  const { staff } = await seatOf(ask);
  try {
    return redirect(`${HOME}/calls/${await beginCall(ask.house, staff, ask.form)}`);
  } catch (error) {
    return showDesk(ask, faultsOf(error, ask));
  }
}

interface Shown {
  faults?: readonly FieldFault[];
  verdict?: CallProps["verdict"];
  typed?: Record<string, string>;
}

async function callPage(ask: Ask, { faults = [], verdict, typed = ask.form }: Shown): Promise<Reply> {
  const { staff, at } = await seatOf(ask);
  const { house, now } = ask;
  const call = await getOwnCall(house, staff, ask.params.id ?? "");
  const open = await isOpen(house, call);
  const { ask: questions } = await policyOn(house.db, identification, dayOf(now));
  const library = await publicAnswers(house.db);
  const file = call.fileCode ? await findByCode(house.db, call.fileCode) : undefined;
  const unit = call.unitCode ? await findUnitByCode(house.db, call.unitCode, dayOf(now).toString()) : undefined;
  const props: CallProps = {
    ...{ at, call, faults, verdict, typed, library, isOpen: open },
    questions: questionsFor(call.keyKind, questions),
    matters: open && call.identifiedAt ? await mattersOf(house, staff, call) : undefined,
    publicFile: file && file.status !== "draft" ? await fileMatter(house, file, now) : undefined,
    unitName: unit?.name,
    ticket: {
      categories: await categoriesNow(house.db, now),
      answers: suggested(typed.says, library),
      fitting: fitting(typed.says, library),
    },
  };
  return page(<CallPage {...props} />, faults.length > 0 || verdict ? 422 : 200);
}

const fitting = (note: string | undefined, library: readonly AnswerVersion[]) =>
  note ? rankAnswers(note, library, FITTING_MOST) : [];

/** The piece of the page that the script puts below the note; posted, so that the note stands in no address. */
async function showFitting(ask: Ask): Promise<Reply> {
  const answers = fitting(ask.form.says, await publicAnswers(ask.house.db));
  const bytes = renderToString(<Fitting lang={ask.lang} answers={answers} />);
  return { kind: "bytes", type: "text/html; charset=utf-8", bytes };
}

/** Those that fit what was typed, or all of them. */
export function suggested(note: string | undefined, library: readonly AnswerVersion[]): readonly AnswerVersion[] {
  const fitting = note ? rankAnswers(note, library, SUGGESTED_MOST) : [];
  return [...fitting, ...library.filter((answer) => !fitting.includes(answer))];
}

/** What was typed, with the chosen answer put in: nothing is lost. */
export async function withAnswer(ask: Ask): Promise<Record<string, string>> {
  const chosen = (await publicAnswers(ask.house.db)).find(({ key }) => key === (ask.form.put ?? ask.form.from));
  const best =
    ask.form.act === "suggest"
      ? suggested(ask.form.says ?? ask.form.note, await publicAnswers(ask.house.db))[0]
      : chosen;
  if (!best) return ask.form;
  const isPutIn = ask.form.act === "insert" || ask.form.put !== undefined;
  const typed = ask.form.answer?.trim() ?? "";
  const answer = typed.includes(best.bodyVi) ? typed : [typed, best.bodyVi].filter(Boolean).join(" ");
  return { ...ask.form, from: best.key, ...(isPutIn ? { answer } : {}) };
}

async function postInCall(ask: Ask): Promise<Reply> {
  const named = ask.params.act ?? "";
  const act = Object.hasOwn(acts, named) ? acts[named] : undefined;
  if (!act) throw new NotFound("page");
  try {
    return await act(ask);
  } catch (error) {
    return callPage(ask, { faults: faultsOf(error, ask) });
  }
}

const acts: Record<string, (ask: Ask) => Promise<Reply>> = {
  async check(ask) {
    const { staff } = await seatOf(ask);
    const verdict = await identifyCaller(ask.house, staff, ask.params.id ?? "", ask.form);
    return verdict === "right" ? redirect(`${HOME}/calls/${ask.params.id}`) : callPage(ask, { verdict });
  },
  async code(ask) {
    const { staff } = await seatOf(ask);
    await sendCallerCode(ask.house, staff, ask.params.id ?? "");
    return redirect(`${HOME}/calls/${ask.params.id}`, callWords(ask.lang).code.sent);
  },
  async ticket(ask) {
    const { staff } = await seatOf(ask);
    const { act, put } = ask.form;
    if (put !== undefined || act === "insert" || act === "suggest")
      return callPage(ask, { typed: await withAnswer(ask) });
    const opened = await ticketFromCall(ask.house, staff, ask.params.id ?? "", ask.form);
    const said = callWords(ask.lang).form;
    const by = said.by(formatMoment(opened.answerBy, ask.now, ask.lang));
    const flash = act === "answered" ? said.closedFlash(opened.code) : said.opened(opened.code, by);
    return redirect(`${HOME}/calls/${ask.params.id}`, flash);
  },
  async end(ask) {
    const { staff } = await seatOf(ask);
    await endCall(ask.house, staff, ask.params.id ?? "");
    return redirect(HOME);
  },
};
