import { record } from "../audit/record.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { NotAllowed, NotSignedIn } from "../kernel/failures.ts";
import { staffNames } from "../review/staff-names.ts";
import type { FieldFault } from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { getOwnTask, openOwnTask, tasksOf } from "./desk.ts";
import { letterOf } from "./letter.ts";
import { ListPage, type Seat } from "./list-view.tsx";
import { printLetter } from "./print-letter.ts";
import { parseTold } from "./rules.ts";
import { LetterPage, TaskPage } from "./task-view.tsx";
import { tell } from "./tell.ts";
import { words } from "./words.ts";

/** "Chưa báo được": results that reached nobody, for the office that received the file. */
const desk = { who: ["officer", "supervisor"], purpose: "notices" } as const;
const HOME = "/console/unreached";
const A_PAGE = 50;

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: HOME, handle: showList }),
  pageRoute({ ...desk, method: "GET", path: `${HOME}/:id`, handle: (ask) => taskPage(ask, {}) }),
  pageRoute({ ...desk, method: "GET", path: `${HOME}/:id/letter`, handle: showLetter }),
  pageRoute({ ...desk, method: "GET", path: `${HOME}/:id/letter.pdf`, handle: showLetterPdf }),
  pageRoute({ ...desk, method: "POST", path: `${HOME}/:id/phone`, handle: (ask) => taskPage(ask, { isShown: true }) }),
  pageRoute({ ...desk, method: "POST", path: `${HOME}/:id/told`, handle: postTold }),
  ...["phone", "told"].map((act) =>
    pageRoute({
      ...desk,
      method: "GET",
      path: `${HOME}/:id/${act}`,
      handle: (ask) => redirect(`${HOME}/${ask.params.id}`),
    }),
  ),
];

async function seatOf(ask: Ask): Promise<{ staff: Staff; at: Seat }> {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  const [code] = officesAtWork(ask.actor);
  const officeName = code ? (await getOffice(ask.house.db, code))?.name : undefined;
  return { staff: ask.actor, at: { ask, officeName } };
}

async function showList(ask: Ask): Promise<Reply> {
  const { staff, at } = await seatOf(ask);
  const { house, query, now } = ask;
  const isDone = query.show === "done";
  const after = query.after ? await getOwnTask(house.db, staff, query.after) : undefined;
  const found = await tasksOf(house, staff, { isDone, ...(after ? { after } : {}), limit: A_PAGE + 1 });
  const lines = found.slice(0, A_PAGE);
  await record(house.db, {
    at: now,
    actor: staff,
    action: "unreached.list",
    purpose: "notices",
    officeCode: officesAtWork(staff)[0],
    detail: { show: isDone ? "done" : "open", tasks: lines.length },
  });
  const names = await staffNames(house.db);
  const href = (last?: string) =>
    `${HOME}?${new URLSearchParams({ ...(isDone ? { show: "done" } : {}), ...(last ? { after: last } : {}) })}`;
  const older = found.length > A_PAGE ? href(lines.at(-1)?.task.id) : undefined;
  return page(<ListPage {...{ at, isDone, lines, names, older }} newer={after ? href() : undefined} />);
}

interface Shown {
  isShown?: boolean;
  faults?: readonly FieldFault[];
  status?: number;
}

async function taskPage(ask: Ask, { isShown = false, faults = [], status = 200 }: Shown): Promise<Reply> {
  const { staff, at } = await seatOf(ask);
  const opened = await openOwnTask(ask.house, staff, ask.params.id ?? "", isShown ? "phone" : "look");
  const names = await staffNames(ask.house.db);
  return page(<TaskPage {...{ at, opened, isShown, faults, names }} typed={ask.form} />, status);
}

async function postTold(ask: Ask): Promise<Reply> {
  const { staff } = await seatOf(ask);
  const id = ask.params.id ?? "";
  await getOwnTask(ask.house.db, staff, id);
  const said = words(ask.lang);
  const parsed = parseTold(ask.form);
  if (!parsed.ok) {
    const texts: Record<string, string> = said.faults;
    const faults = parsed.faults.map(({ field, key }) => ({ field, text: texts[key] ?? key }));
    return taskPage(ask, { faults, status: 422 });
  }
  try {
    await tell(ask.house, staff, id, parsed.value);
  } catch (error) {
    if (!(error instanceof NotAllowed)) throw error;
    return taskPage(ask, { faults: [{ field: "main", text: said.faults.task_done }], status: error.status });
  }
  return redirect(HOME, said.form.flash);
}

async function showLetter(ask: Ask): Promise<Reply> {
  const { staff, at } = await seatOf(ask);
  const opened = await openOwnTask(ask.house, staff, ask.params.id ?? "", "letter");
  return page(<LetterPage at={at} opened={opened} />);
}

async function showLetterPdf(ask: Ask): Promise<Reply> {
  const { staff } = await seatOf(ask);
  const opened = await openOwnTask(ask.house, staff, ask.params.id ?? "", "letter");
  const office = await getOffice(ask.house.db, opened.task.officeCode);
  const bytes = printLetter(letterOf(opened, ask.now), office, ask.house.settings.profile === "demo");
  return { kind: "bytes", type: "application/pdf", bytes, name: `${opened.code}.pdf` };
}
