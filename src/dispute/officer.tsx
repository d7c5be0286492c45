/** /console/disputes: facts that people reported as wrong, each answered by the office that accepted their file. */
import { record } from "../audit/record.ts";
import { aboutPersons } from "../db/wall.ts";
import { officesAtWork } from "../kernel/actor.ts";
import { Invalid, NotSignedIn } from "../kernel/failures.ts";
import { staffNames } from "../review/staff-names.ts";
import type { FieldFault } from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { answerCase, askSource, openCase } from "./desk.ts";
import { type CaseDesk, CasePage, CasesPage, caseHref, type ToldCase } from "./desk-view.tsx";
import { factText } from "./fact-text.ts";
import { type CaseAtDesk, caseEvents, casesOf, countCases, type Shelf } from "./store-desk.ts";
import { deskWords } from "./words-desk.ts";

const desk = { who: ["officer", "supervisor"], purpose: "review" } as const;
const CASES_AT_MOST = 100;

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: "/console/disputes", handle: showCases }),
  pageRoute({ ...desk, method: "GET", path: "/console/disputes/:id", handle: (ask) => showCase(ask, undefined, []) }),
  pageRoute({ ...desk, method: "POST", path: "/console/disputes/:id/question", handle: postQuestion }),
  pageRoute({ ...desk, method: "POST", path: "/console/disputes/:id/answer", handle: postAnswer }),
  ...["question", "answer"].map((act) =>
    pageRoute({
      ...desk,
      method: "GET",
      path: `/console/disputes/:id/${act}`,
      handle: (ask) => redirect(caseHref(ask.params.id ?? "")),
    }),
  ),
];

async function deskOf(ask: Ask): Promise<CaseDesk> {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  const [code] = officesAtWork(ask.actor);
  return { ask, staff: ask.actor, officeName: code ? (await getOffice(ask.house.db, code))?.name : undefined };
}

/** The day and the place of a visit are told, never what it was for. */
async function tell(ask: Ask, one: CaseAtDesk): Promise<ToldCase> {
  const owner = { personId: one.personId, hidesSensitive: false };
  const text = () => factText(ask.house, owner, one.fact, ask.lang);
  return { one, about: await aboutPersons([one.personId], text) };
}

async function showCases(ask: Ask): Promise<Reply> {
  const at = await deskOf(ask);
  const { db } = ask.house;
  const offices = officesAtWork(at.staff);
  const shelf: Shelf = ask.query.show === "answered" ? "answered" : "open";
  const found = await casesOf(db, offices, shelf, CASES_AT_MOST);
  await record(db, {
    at: ask.now,
    actor: at.staff,
    action: "dispute.list",
    purpose: "review",
    officeCode: offices[0],
    detail: { shelf, cases: found.length },
  });
  const told = await Promise.all(found.map((one) => tell(ask, one)));
  return page(<CasesPage {...{ at, shelf, told }} counts={await countCases(db, offices)} most={CASES_AT_MOST} />);
}

type Act = "question" | "answer";

async function showCase(ask: Ask, act: Act | undefined, faults: readonly FieldFault[]): Promise<Reply> {
  const at = await deskOf(ask);
  const one = await openCase(ask.house, at.staff, ask.params.id ?? "");
  const events = await caseEvents(ask.house.db, one.personId, one.disputeId);
  const names = await staffNames(ask.house.db);
  const typed = { act, fields: ask.form };
  return page(<CasePage {...{ at, events, names, typed, faults }} told={await tell(ask, one)} />, act ? 422 : 200);
}

async function postQuestion(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const id = ask.params.id ?? "";
  return acted(ask, "question", async () => {
    await askSource(ask.house, staff, { id, says: ask.form.question });
    return redirect(caseHref(id), deskWords(ask.lang).ask.flash);
  });
}

async function postAnswer(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const { outcome, says } = ask.form;
  return acted(ask, "answer", async () => {
    await answerCase(ask.house, staff, { id: ask.params.id ?? "", outcome, says });
    return redirect("/console/disputes", deskWords(ask.lang).answer.flash);
  });
}

/** What was typed comes back with the sentence beside it; a case that a colleague answered first is shown as it is. */
async function acted(ask: Ask, act: Act, work: () => Promise<Reply>): Promise<Reply> {
  const said: Record<string, string> = deskWords(ask.lang).faults;
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    const faults = failure.faults.map(({ field, key }) => ({
      field: act === "question" && field === "says" ? "question" : field,
      text: said[key] ?? key,
    }));
    return showCase(ask, act, faults);
  }
}
