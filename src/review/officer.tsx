import { record } from "../audit/record.ts";
import type { Db } from "../db/house.ts";
import { beyondWall } from "../db/wall.ts";
import { officesAtWork } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { methodsOn } from "../registration/find-method.ts";
import { printForm } from "../registration/print.ts";
import { codeOfMethod } from "../registration/rules-paper-policies.ts";
import { nameWords } from "../registration/store-names.ts";
import { countQueue, holdersAt, placeOf, queueOf } from "../registration/store-queue.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { hideTyped } from "../web/typed-query.ts";
import { codeOf, counterOf, filePage, guarded } from "./counter.tsx";
import { findFile } from "./find-file.ts";
import { FindPage } from "./find-view.tsx";
import { actRoutes } from "./officer-acts.tsx";
import { decideRoutes } from "./officer-decide.tsx";
import { routes as searchRoutes } from "./officer-search.tsx";
import { openFile } from "./open-file.ts";
import { NoOfficePage, QueuePage } from "./queue-view.tsx";
import type { CounterQuery } from "./rules-query.ts";
import { filterOf, queueHref, readQueueAsk } from "./rules-queue.ts";
import { showPaper } from "./show-paper.ts";
import { showPhoto } from "./show-photo.ts";
import { staffNames } from "./staff-names.ts";
import { fileHref } from "./view-parts.tsx";
import { words } from "./words.ts";

/** The counter's pages that show: queue, search, file, picture, form 01. What changes a file is in officer-acts.tsx. */
const who = ["officer", "supervisor"] as const;
const PAGE = 50;
/** Numbers beside the views are counted so far: a thousand files are as many as ten thousand to the eye. */
const COUNTED_TO = 1000;

export const routes: Route[] = [
  ...actRoutes,
  ...decideRoutes,
  ...searchRoutes,
  pageRoute({ method: "GET", path: "/console", who, purpose: "review", handle: showQueue }),
  pageRoute({ method: "GET", path: "/console/find", who, purpose: "review", handle: find }),
  pageRoute({ method: "GET", path: "/console/files/:code", who, purpose: "review", handle: showFile }),
  pageRoute({ method: "GET", path: "/console/files/:code/form.pdf", who, purpose: "review", handle: print }),
  pageRoute({
    method: "GET",
    path: "/console/files/:code/papers/:copy",
    who,
    purpose: "review",
    sensitive: true,
    handle: showCopy,
  }),
  pageRoute({
    method: "GET",
    path: "/console/files/:code/photos/:photo",
    who,
    purpose: "review",
    sensitive: true,
    handle: showSentPhoto,
  }),
];

async function showQueue(ask: Ask): Promise<Reply> {
  const at = await counterOf(ask);
  const offices = officesAtWork(at.staff);
  if (offices.length === 0) return page(<NoOfficePage at={at} />);
  const { db } = ask.house;
  const asked = readQueueAsk(ask.query, offices);
  const within = asked.office ? [asked.office] : offices;
  const filter = {
    ...filterOf(asked, at.staff.staffId, ask.now),
    nameWords: nameWords(asked.name),
    after: asked.after,
  };
  const readQueue = () => queueOf(db, within, { ...filter, limit: PAGE + 1 });
  // An index of words serves no statement that a policy must be asked before; it is by office, too.
  const read = await (filter.nameWords.length > 0 ? beyondWall(readQueue) : readQueue());
  const files = read.slice(0, PAGE);
  const last = read.length > PAGE ? files.at(-1) : undefined;
  const by = { staffId: at.staff.staffId, now: ask.now, atMost: COUNTED_TO };
  await record(ask.house.db, {
    at: ask.now,
    actor: at.staff,
    action: "review.queue",
    purpose: "review",
    officeCode: offices[0],
    detail: { files: files.length },
  });
  const facts = {
    counts: await countQueue(db, within, by),
    countedTo: COUNTED_TO,
    next: last && hideTyped(ask, queueHref(asked, placeOf(last))),
    offices: await namesOfOffices(db, offices),
    holders: await holdersAt(db, within),
    ways: await waysOf(ask, asked.way),
    names: await staffNames(db),
  };
  return page(<QueuePage {...{ at, asked, files }} {...facts} />);
}

/** Signed forms come to the office and in batches everywhere; other ways where they are, or once were, open. */
async function waysOf({ house, lang, now }: Ask, asked: string | undefined): Promise<{ code: string; name: string }[]> {
  const known: Record<string, string> = words(lang).queue.ways;
  const open = await methodsOn(house.db, dayOf(now));
  const own = new Map(open.flatMap((one) => (typeof one === "string" ? [] : [[one.code, one[lang].name] as const])));
  const codes = new Set(["office", "batch", ...open.map(codeOfMethod), ...(asked ? [asked] : [])]);
  return [...codes].map((code) => ({ code, name: own.get(code) ?? known[code] ?? code }));
}

async function namesOfOffices(db: Db, offices: readonly string[]): Promise<{ code: string; name: string }[]> {
  const found = await Promise.all(offices.map((code) => getOffice(db, code)));
  return offices.map((code, at) => ({ code, name: found[at]?.name ?? code }));
}

async function find(ask: Ask): Promise<Reply> {
  const at = await counterOf(ask);
  const typed = ask.query.q ?? "";
  const found = await findFile(ask.house, at.staff, typed);
  const only = found.files.length === 1 && found.query.kind !== "name" ? found.files[0] : undefined;
  if (only) return redirect(fileHref(only.code) + printQuery(found.query));
  return page(<FindPage {...{ at, typed, found }} names={await staffNames(ask.house.db)} />);
}

/** The number of the print goes along: the page of the file says whether that paper is an old one. */
function printQuery(query: CounterQuery): string {
  return query.kind === "code" && query.printNo !== undefined ? `?print=${query.printNo}` : "";
}

async function showFile(ask: Ask): Promise<Reply> {
  return guarded(ask, () => filePage(ask, {}, 200));
}

async function print(ask: Ask): Promise<Reply> {
  const { staff } = await counterOf(ask);
  return guarded(ask, async () => {
    const { dossier, desk } = await openFile(ask.house, staff, codeOf(ask));
    const { code } = dossier.file;
    const by = { code, actor: staff, now: ask.now, officeCode: desk.officeCode };
    return { kind: "bytes", type: "application/pdf", bytes: await printForm(ask.house, by), name: `${code}.pdf` };
  });
}

async function showCopy(ask: Ask): Promise<Reply> {
  const { staff } = await counterOf(ask);
  const bytes = await showPaper(ask.house, staff, codeOf(ask), ask.params.copy ?? "");
  return { kind: "bytes", type: "image/jpeg", bytes, cache: "private, no-store" };
}

async function showSentPhoto(ask: Ask): Promise<Reply> {
  const { staff } = await counterOf(ask);
  const bytes = await showPhoto(ask.house, staff, codeOf(ask), ask.params.photo ?? "");
  return { kind: "bytes", type: "image/jpeg", bytes, cache: "private, no-store" };
}
