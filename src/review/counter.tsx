import { batchPlaceOf } from "../batch/read.ts";
import { beyondWall } from "../db/wall.ts";
import { namedGuardian } from "../guardian/describe.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { Failure, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import { noticesOf } from "../notices/store-read.ts";
import { eventsOf } from "../registration/store.ts";
import { movesOf } from "../registration/store-many.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, type Reply, redirect } from "../web/route.ts";
import { looksAtCopies } from "./copy-looks.ts";
import { Overtaken, WaitsForSecond } from "./desk.ts";
import { FilePage, type FilePageProps } from "./file-view.tsx";
import { groundNames } from "./grounds.ts";
import { readOldPrint } from "./old-print.ts";
import { openFile } from "./open-file.ts";
import { explain, OvertakenPage } from "./overtaken-view.tsx";
import { staffNames } from "./staff-names.ts";
import { findingsOfFile } from "./store-findings.ts";
import { MovedAwayPage } from "./transfer-view.tsx";
import { type Counter, fileHref } from "./view-parts.tsx";

/** What the counter's pages share: who sits there, the file page, and what a refused act becomes. */
export async function counterOf(ask: Ask): Promise<Counter> {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  const staff: Staff = ask.actor;
  const [first] = officesAtWork(staff);
  const office = first ? await getOffice(ask.house.db, first) : undefined;
  return { ask, staff, officeName: office?.name };
}

export function codeOf(ask: Ask): string {
  const code = parseFileCode(ask.params.code ?? "");
  if (!code) throw new NotFound("declaration");
  return code;
}

/** Which taking up of the file the posted page knew. */
export function holdingOf({ form }: Ask): number | undefined {
  return /^\d{1,9}$/.test(form.holding ?? "") ? Number(form.holding) : undefined;
}

/** Which of several papers to compare with: posted with a decision, or chosen by a link. */
export function paperOf({ form, query }: Ask): number | undefined {
  const asked = form.paper ?? query.paper ?? "";
  return /^\d{1,4}$/.test(asked) ? Number(asked) : undefined;
}

/** Which print of the form lies on the counter, when it was scanned or typed with the code. */
function printOf({ query }: Ask): number | undefined {
  return /^\d{1,3}$/.test(query.print ?? "") ? Number(query.print) : undefined;
}

/** The file with everything on it; also the answer to a decision that lacks something. */
export async function filePage(
  ask: Ask,
  more: Pick<FilePageProps, "typed" | "faults">,
  status: number,
): Promise<Reply> {
  const at = await counterOf(ask);
  const { db } = ask.house;
  const { dossier, desk } = await openFile(ask.house, at.staff, codeOf(ask), paperOf(ask));
  const { isSupervisor } = desk;
  const events = await eventsOf(db, dossier.file.id);
  const notices = await noticesOf(db, dossier.file.id);
  const names = await staffNames(db);
  const batch = await batchPlaceOf(db, dossier.file);
  const guardian = await namedGuardian(db, dossier.file.id);
  const findings = await findingsOfFile(db, dossier.file.id);
  const grounds = await groundNames(db, ask.lang);
  const looks = await looksAtCopies(db, dossier.copies);
  const old = await readOldPrint(ask.house, at.staff, dossier.file, printOf(ask));
  const facts = { dossier, guardian, batch, events, names, notices, findings, grounds, looks, isSupervisor, old };
  return page(<FilePage at={at} {...facts} {...more} />, status);
}

/**
 * A refused act becomes a page that says who was first and what is possible now. A second press of one's
 * own button is no failure: the same result is shown again.
 */
export async function guarded(
  ask: Ask,
  work: () => Promise<Reply>,
  wanted?: "received" | "accepted" | "refused" | "proposed",
): Promise<Reply> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    const at = await counterOf(ask);
    const isWanted =
      failure instanceof Overtaken
        ? failure.now === wanted
        : failure instanceof WaitsForSecond && wanted === "proposed";
    const isOwn =
      (failure instanceof Overtaken || failure instanceof WaitsForSecond) && failure.by.staffId === at.staff.staffId;
    if (isWanted && isOwn) return redirect(fileHref(codeOf(ask)));
    const told = explain(failure, ask.lang, at.staff);
    const gone = failure instanceof NotFound && (await movedAway(ask, at));
    if (gone) return page(gone, failure.status);
    if (!told) throw failure;
    return page(<OvertakenPage at={at} code={codeOf(ask)} told={told} />, failure.status);
  }
}

/** Where a file went that was here; undefined for one that was never here, or is here still. */
async function movedAway(ask: Ask, at: Counter) {
  const offices = officesAtWork(at.staff);
  // As in the list of moves: the line stays with the office that the file has left.
  const [move] = await beyondWall(() => movesOf(ask.house.db, offices, 1, codeOf(ask)));
  if (!move || move.isHere) return undefined;
  const by = (await staffNames(ask.house.db)).get(move.staffId) ?? "–";
  return <MovedAwayPage {...{ at, move, by }} isPressed={Boolean(ask.answersForm)} />;
}
