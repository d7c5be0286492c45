import { dayOf } from "../kernel/calendar.ts";
import { TryLater } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import type { FieldFault } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { openFor, sealFor } from "../web/typed-query.ts";
import { categoriesNow } from "./categories.ts";
import { faultsOf } from "./frame.tsx";
import { HelpPage, type HelpProps } from "./help-view.tsx";
import type { Opened } from "./open-ticket.ts";
import { reportByWeb, stateOfTicket } from "./report.ts";
import { rankAnswers } from "./rules-answers.ts";
import { answerHours } from "./rules-policies.ts";
import { publicAnswers } from "./store-answers.ts";
import { words } from "./words-help.ts";

/** Help for everybody: answers, a person to call, a form, and where a request stands. Nobody tells who they are. */
const open = { who: ["anyone"], purpose: "none" } as const;
const FOUND_MOST = 10;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: "/help", handle: (ask) => helpPage(ask, { sent: sentHere(ask) }) }),
  pageRoute({ ...open, method: "POST", path: "/help/report", rate: "guess", handle: postReport }),
  pageRoute({ ...open, method: "GET", path: "/help/report", handle: () => redirect("/help#report") }),
  pageRoute({ ...open, method: "POST", path: "/help/request", rate: "guess", handle: postRequest }),
  pageRoute({ ...open, method: "GET", path: "/help/request", handle: () => redirect("/help#request") }),
];

type Shown = Partial<Pick<HelpProps, "faults" | "sent" | "found">> & { status?: number };

async function helpPage(ask: Ask, { faults = [], sent, found, status = 200 }: Shown): Promise<Reply> {
  const { db } = ask.house;
  const searched = ask.query.q?.trim().slice(0, 200) || undefined;
  const library = await publicAnswers(db);
  const props: HelpProps = {
    ...{ ask: { ...ask, seenAt: ask.answersForm ? "/help" : ask.seenAt }, faults, sent, found, searched },
    answers: searched ? rankAnswers(searched, library, FOUND_MOST) : library,
    hours: await hoursText(ask),
    categories: await categoriesNow(db, ask.now),
  };
  return page(<HelpPage {...props} />, status);
}

const clockText = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;

async function hoursText({ house, now }: Ask): Promise<string> {
  const { day } = await policyOn(house.db, answerHours, dayOf(now));
  return day.map(([from, to]) => `${clockText(from)}–${clockText(to)}`).join(", ");
}

async function postReport(ask: Ask): Promise<Reply> {
  try {
    const sent = await reportByWeb(ask.house, ask.form, { address: ask.address, lang: ask.lang });
    return redirect(receiptPage(ask, sent));
  } catch (error) {
    if (error instanceof TryLater) return helpPage(ask, { ...toldLater(ask), status: error.status });
    return helpPage(ask, { faults: faultsOf(error, ask), status: 422 });
  }
}

/** The code is told on this page and nowhere else: it stays through a reload, another language and another size. */
const RECEIPT = "help-receipt";

function receiptPage(ask: Ask, { code, answerBy }: Opened): string {
  const text = JSON.stringify({ code, answerBy: answerBy.toISOString() });
  return `/help?receipt=${sealFor(ask, RECEIPT, text)}`;
}

function sentHere({ house, formTokens, query }: Ask): HelpProps["sent"] {
  const text = query.receipt && openFor(house.vault, formTokens, RECEIPT, query.receipt);
  if (!text) return undefined;
  // One that the version before sealed may have no moment.
  const { code, answerBy } = JSON.parse(text) as { code: string; answerBy?: string };
  return { code, answerBy: answerBy ? new Date(answerBy) : undefined };
}

function toldLater(ask: Ask): { faults: FieldFault[] } {
  return { faults: [{ field: "report", text: words(ask.lang).report.tooMany }] };
}

async function postRequest(ask: Ask): Promise<Reply> {
  try {
    return await helpPage({ ...ask, form: {} }, { found: await stateOfTicket(ask.house, ask.form) });
  } catch (error) {
    return helpPage(ask, { faults: faultsOf(error, ask), status: 422 });
  }
}
