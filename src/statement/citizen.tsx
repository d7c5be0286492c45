import { dayOf } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import { isUuid } from "../kernel/uuid.ts";
import type { Lang } from "../kernel/words.ts";
import { readerOf } from "../me/reader.ts";
import { type FieldFault, sentencesOf } from "../ui/index.ts";
import { readOverview } from "../visits/store-year.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { checkStatement } from "./check.ts";
import { CheckPage } from "./check-view.tsx";
import { makeCsv } from "./csv.ts";
import { makeStatement } from "./make.ts";
import { parseWish, type Wish } from "./rules.ts";
import { statementsOf } from "./store.ts";
import { StatementsPage } from "./view.tsx";
import { withdrawStatement } from "./withdraw.ts";
import { words } from "./words.ts";

/** /app/statements: papers of one's own record. /check-paper: whoever holds one sees whether it is genuine. */
const AT = "/app/statements";
const PDF_MOST_BYTES = 5 * 1024 * 1024;

async function list(ask: Ask, faults: readonly FieldFault[] = []) {
  const reader = readerOf(ask.actor);
  const after = isUuid(ask.query.after ?? "") ? ask.query.after : undefined;
  const [{ papers, next }, { years }] = await Promise.all([
    statementsOf(ask.house.db, reader.personId, after),
    readOverview(ask.house.db, reader),
  ]);
  const begun = years.flatMap(({ year, visits }) => (visits > 0 ? [year] : []));
  const shown = begun.length > 0 ? begun : [dayOf(ask.now).year];
  const [older, newer] = [next && `${AT}?after=${next}#papers`, after && `${AT}#papers`];
  return <StatementsPage ask={ask} papers={papers} older={older} newer={newer} years={shown} faults={faults} />;
}

async function make(ask: Ask): Promise<Reply> {
  const wish = parseWish({ ...ask.form, withPrivate: ask.form.private === "yes" });
  try {
    if (!wish.ok) throw new Invalid(wish.faults);
    const { pdf } = await makeStatement(ask.house, readerOf(ask.actor), wish.value, ask);
    return { kind: "bytes", type: "application/pdf", bytes: pdf, name: `${fileName(wish.value)}.pdf` };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return page(await list(ask, said(error.faults, ask.lang)), error.status);
  }
}

async function csv(ask: Ask): Promise<Reply> {
  const wish = parseWish({ ...ask.query, withPrivate: ask.query.private === "yes" });
  if (!wish.ok) return page(await list(ask, said(wish.faults, ask.lang)), 422);
  const bytes = await makeCsv(ask.house, readerOf(ask.actor), wish.value, ask);
  return { kind: "bytes", type: "text/csv; charset=utf-8", bytes, name: `${fileName(wish.value)}.csv` };
}

const fileName = ({ kind, year }: Wish) => (kind === "visits" ? `kham-chua-benh-${year}` : "qua-trinh-tham-gia");

async function withdraw(ask: Ask): Promise<Reply> {
  await withdrawStatement(ask.house, readerOf(ask.actor), ask.params.id ?? "", ask.now);
  return redirect(AT, words(ask.lang).withdrawn);
}

async function check(ask: Ask): Promise<Reply> {
  const code = ask.form.code ?? "";
  try {
    const answer = await checkStatement(ask.house, { code, file: ask.files.file?.bytes }, ask.now);
    return page(<CheckPage ask={ask} code={code} answer={answer} />, answer.standing === "unknown" ? 422 : 200);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return page(<CheckPage ask={ask} code={code} faults={said(error.faults, ask.lang)} />, error.status);
  }
}

const said = (faults: readonly Fault[], lang: Lang) => sentencesOf(faults, words(lang).faults);

const own = { who: ["citizen"], purpose: "own_record", sensitive: true } as const;
const open = { who: ["anyone"], purpose: "paper_check", path: "/check-paper" } as const;

export const routes: Route[] = [
  pageRoute({ ...own, method: "GET", path: AT, handle: async (ask) => page(await list(ask)) }),
  pageRoute({ ...own, method: "POST", path: AT, handle: make }),
  pageRoute({ ...own, method: "GET", path: `${AT}/csv`, handle: csv }),
  pageRoute({ ...own, method: "POST", path: `${AT}/:id/withdrawal`, handle: withdraw }),
  pageRoute({
    ...open,
    method: "GET",
    handle: (ask) => page(<CheckPage ask={ask} code={ask.query.code ?? ""} />),
  }),
  pageRoute({ ...open, method: "POST", rate: "guess", filesUpTo: PDF_MOST_BYTES, handle: check }),
];
