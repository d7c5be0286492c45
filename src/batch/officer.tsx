import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { toCsv } from "../kernel/csv.ts";
import { Conflict, Invalid, NotAllowed, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import { staffNames } from "../review/staff-names.ts";
import type { FieldFault } from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { addCodes, CodesLeft } from "./add.ts";
import { finishBatch } from "./close.ts";
import { lookAtBatch } from "./look.ts";
import { openBatch } from "./open.ts";
import { listBatches, readBatch } from "./read.ts";
import { removeFromBatch } from "./remove.ts";
import { nextOf, progressOf } from "./rules.ts";
import { nameOf, renderSlip } from "./slip.ts";
import { getBatch } from "./store.ts";
import { BatchesPage, BatchPage, batchHref, type Desk } from "./view.tsx";
import { words } from "./words.ts";

/** The counter's batches: open, scan, print the slip, work through, tell the unit names and results only. */
const desk = { who: ["officer", "supervisor"], purpose: "review" } as const;
const LISTED = 50;

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: "/console/batches", handle: (ask) => showList(ask, [], 200) }),
  pageRoute({ ...desk, method: "POST", path: "/console/batches", handle: postBatch }),
  pageRoute({ ...desk, method: "GET", path: "/console/batches/:id", handle: (ask) => showBatch(ask, [], 200) }),
  pageRoute({ ...desk, method: "POST", path: "/console/batches/:id/lines", handle: postLines }),
  pageRoute({ ...desk, method: "POST", path: "/console/batches/:id/removal", handle: postRemoval }),
  pageRoute({ ...desk, method: "POST", path: "/console/batches/:id/closing", handle: postClosing }),
  ...["lines", "removal", "closing"].map((act) =>
    pageRoute({
      ...desk,
      method: "GET",
      path: `/console/batches/:id/${act}`,
      handle: (ask) => redirect(batchHref(ask.params.id ?? "")),
    }),
  ),
  pageRoute({ ...desk, method: "GET", path: "/console/batches/:id/next", handle: next }),
  pageRoute({ ...desk, method: "GET", path: "/console/batches/:id/slip.pdf", handle: printSlip }),
  pageRoute({ ...desk, method: "GET", path: "/console/batches/:id/outcome.csv", isHeavy: true, handle: outcome }),
];

async function deskOf(ask: Ask): Promise<{ staff: Staff; offices: string[]; at: Desk }> {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  const offices = officesAtWork(ask.actor);
  const officeName = offices[0] ? (await getOffice(ask.house.db, offices[0]))?.name : undefined;
  return { staff: ask.actor, offices, at: { ask, officeName } };
}

async function showList(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const { at, offices } = await deskOf(ask);
  const batches = await listBatches(ask.house.db, offices, LISTED);
  return page(<BatchesPage at={at} batches={batches} typed={ask.form} faults={faults} />, status);
}

async function postBatch(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  try {
    const batch = await openBatch(ask.house, staff, ask.form);
    return redirect(batchHref(batch.id));
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    const faults = failure.faults.map(({ field, key }) => ({ field, text: sentence(ask, key) }));
    return showList(ask, faults, 422);
  }
}

/** `typed`: what stands in the box, where something is wrong with it. */
async function showBatch(
  ask: Ask,
  faults: readonly FieldFault[],
  status: number,
  typed = ask.form.codes ?? "",
): Promise<Reply> {
  const { at, offices, staff } = await deskOf(ask);
  const { batch, lines, files } = await lookAtBatch(ask.house, staff, offices, ask.params.id ?? "");
  const progress = progressOf(files.map(({ stand }) => stand));
  const openedBy = (await staffNames(ask.house.db)).get(batch.openedBy) ?? "–";
  const kept = faults.some(({ field }) => field === "codes") ? typed : "";
  return page(<BatchPage {...{ at, batch, lines, progress, openedBy, typed: kept, faults }} />, status);
}

async function postLines(ask: Ask): Promise<Reply> {
  const id = ask.params.id ?? "";
  return told(ask, "codes", async ({ staff }) => {
    const lines = await addCodes(ask.house, staff, id, ask.form.codes ?? "");
    if (lines.length === 0) throw new Invalid([{ field: "codes", key: "code_missing" }]);
    const unread = lines.some(({ outcome: came }) => came === "no_code");
    if (unread && lines.length === 1) {
      return showBatch(ask, [{ field: "codes", text: words(ask.lang).scans.no_code }], 422);
    }
    const taken = lines.filter(({ outcome: came }) => came === "taken").length;
    return redirect(batchHref(id), words(ask.lang).batch.addedFlash(taken, lines.length - taken));
  });
}

async function postRemoval(ask: Ask): Promise<Reply> {
  const id = ask.params.id ?? "";
  const code = parseFileCode(ask.form.code ?? "");
  if (!code) throw new NotFound("declaration");
  return told(ask, "codes", async ({ staff }) => {
    await removeFromBatch(ask.house, staff, id, code);
    return redirect(batchHref(id), words(ask.lang).batch.removedFlash(code));
  });
}

async function postClosing(ask: Ask): Promise<Reply> {
  const id = ask.params.id ?? "";
  return told(ask, "codes", async ({ staff }) => {
    await finishBatch(ask.house, staff, id);
    return redirect(batchHref(id), words(ask.lang).batch.closedFlash);
  });
}

/** What cannot be done stands on the page of the batch, with the reason. */
async function told(ask: Ask, field: string, work: (at: { staff: Staff }) => Promise<Reply>): Promise<Reply> {
  try {
    return await work(await deskOf(ask));
  } catch (failure) {
    if (failure instanceof Invalid) {
      return showBatch(
        ask,
        failure.faults.map((one) => ({ field: one.field, text: sentence(ask, one.key) })),
        422,
      );
    }
    if (failure instanceof NotAllowed) {
      return showBatch(ask, [{ field, text: sentence(ask, "remove_late") }], failure.status);
    }
    if (failure instanceof CodesLeft) {
      return showBatch(ask, [{ field, text: sentence(ask, failure.code) }], failure.status, failure.left.join(" "));
    }
    if (!(failure instanceof Conflict) || !(failure.code in words(ask.lang).batch.faults)) throw failure;
    return showBatch(ask, [{ field, text: sentence(ask, failure.code) }], failure.status);
  }
}

function sentence(ask: Ask, key: string): string {
  const said: Record<string, string> = words(ask.lang).batch.faults;
  return said[key] ?? key;
}

/** The next file that this officer should open: its reception when it waits, its page when it lies received. */
async function next(ask: Ask): Promise<Reply> {
  const { offices, staff } = await deskOf(ask);
  const batch = await getBatch(ask.house.db, offices, ask.params.id ?? "");
  const { files } = await readBatch(ask.house.db, batch);
  const file = nextOf(
    files.map((entry) => entry.file),
    batch.officeCode,
    staff.staffId,
  );
  if (!file) return redirect(batchHref(batch.id));
  return redirect(`/console/files/${file.code}${file.status === "confirmed" ? "/reception" : ""}`);
}

async function printSlip(ask: Ask): Promise<Reply> {
  const { offices, staff } = await deskOf(ask);
  const { db, settings } = ask.house;
  const { batch, lines } = await lookAtBatch(ask.house, staff, offices, ask.params.id ?? "");
  const officeName = (await getOffice(db, batch.officeCode))?.name ?? batch.officeCode;
  const takerName = (await staffNames(db)).get(batch.openedBy) ?? "";
  const bytes = renderSlip({
    ...{ batch, lines, officeName, takerName, lang: ask.lang },
    isMadeUp: settings.profile === "demo",
  });
  return { kind: "bytes", type: "application/pdf", bytes, name: `lo-${batch.id}.pdf` };
}

/** For the unit: names and results, nothing of anybody's record and no reason of a refusal. */
async function outcome(ask: Ask): Promise<Reply> {
  const { offices, staff } = await deskOf(ask);
  const { batch, files } = await lookAtBatch(ask.house, staff, offices, ask.params.id ?? "");
  const said = words(ask.lang);
  const rows = files.map(({ file, stand }, at) => [String(at + 1), file.code, nameOf(file, stand), said.stands[stand]]);
  const text = toCsv([[said.csv.no, said.csv.code, said.csv.name, said.csv.outcome], ...rows]);
  return { kind: "bytes", type: "text/csv; charset=utf-8", bytes: text, name: `lo-${batch.id}.csv` };
}
