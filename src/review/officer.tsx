import { record } from "../audit/record.ts";
import { printForm } from "../registration/print.ts";
import { queueOf } from "../registration/store-search.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { codeOf, counterOf, filePage, guarded } from "./counter.tsx";
import { getOwnFile, officesAtWork } from "./desk.ts";
import { findFile } from "./find-file.ts";
import { actRoutes } from "./officer-acts.tsx";
import { decideRoutes } from "./officer-decide.tsx";
import { FindPage, NoOfficePage, QueuePage } from "./queue-view.tsx";
import { SHOWS } from "./rules-clock.ts";
import { showPaper } from "./show-paper.ts";
import { staffNames } from "./staff-names.ts";
import { fileHref } from "./view-parts.tsx";

/** The counter's pages that show: queue, search, file, picture, form 01. What changes a file is in officer-acts.tsx. */
const who = ["officer", "supervisor"] as const;
const QUEUE_AT_MOST = 300;

export const routes: Route[] = [
  ...actRoutes,
  ...decideRoutes,
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
];

async function showQueue(ask: Ask): Promise<Reply> {
  const at = await counterOf(ask);
  const offices = officesAtWork(at.staff);
  if (offices.length === 0) return page(<NoOfficePage at={at} />);
  const files = await queueOf(ask.house.db, offices, { limit: QUEUE_AT_MOST });
  const names = await staffNames(ask.house.db, ask.now);
  await record(ask.house.db, {
    at: ask.now,
    actor: at.staff,
    action: "review.queue",
    purpose: "review",
    officeCode: offices[0],
    detail: { files: files.length },
  });
  const show = SHOWS.find((one) => one === ask.query.show) ?? "open";
  return page(<QueuePage {...{ at, files, show, names }} isCut={files.length === QUEUE_AT_MOST} />);
}

async function find(ask: Ask): Promise<Reply> {
  const at = await counterOf(ask);
  const typed = ask.query.q ?? "";
  const found = await findFile(ask.house, at.staff, typed);
  const only = found.files.length === 1 && found.query.kind !== "name" ? found.files[0] : undefined;
  if (only) return redirect(fileHref(only.code));
  return page(<FindPage {...{ at, typed, found }} names={await staffNames(ask.house.db, ask.now)} />);
}

async function showFile(ask: Ask): Promise<Reply> {
  return filePage(ask, {}, 200);
}

async function print(ask: Ask): Promise<Reply> {
  const { staff } = await counterOf(ask);
  return guarded(ask, async () => {
    const { file, desk } = await getOwnFile(ask.house.db, staff, codeOf(ask));
    const by = { code: file.code, actor: staff, now: ask.now, officeCode: desk.officeCode };
    return { kind: "bytes", type: "application/pdf", bytes: await printForm(ask.house, by), name: `${file.code}.pdf` };
  });
}

async function showCopy(ask: Ask): Promise<Reply> {
  const { staff } = await counterOf(ask);
  const bytes = await showPaper(ask.house, staff, codeOf(ask), ask.params.copy ?? "");
  return { kind: "bytes", type: "image/jpeg", bytes, cache: "private, no-store" };
}
