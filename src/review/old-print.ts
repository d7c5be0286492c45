import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { beyondWall } from "../db/wall.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { linesOf } from "../registration/form01/lines.ts";
import { lastDayOf } from "../registration/rules.ts";
import { isComplete } from "../registration/rules-answers.ts";
import { changedLines, type LineChange, type PrintRead, readPrint } from "../registration/rules-prints.ts";
import type { Declaration } from "../registration/store.ts";
import { findNewer, movesOf } from "../registration/store-prints.ts";
import { getOffice } from "../units/store.ts";

/** What is old about the paper on the counter. */
export interface OldPrint {
  /** Set when the number of the print was typed or scanned with the code. */
  print?: PrintRead | undefined;
  newer?: NewerForm | undefined;
}

/** The person has declared again since. Of a form for an office of others nothing but that office is told. */
export interface NewerForm {
  officeName: string;
  confirmedAt: Date;
  own?: { code: string; isOpen: boolean; lastDay: string; changes: LineChange[] | "forgotten" } | undefined;
}

const ENDED = ["withdrawn", "lapsed", "refused"];

/** Reads the paper against the books; whoever is shown the newer form of the person has looked at it. */
export async function readOldPrint(
  house: House,
  staff: Staff,
  file: Declaration,
  printNo: number | undefined,
): Promise<OldPrint> {
  const print = printNo === undefined ? undefined : readPrint(printNo, await movesOf(house.db, file.id));
  // Of one at another office the desk is told that it is there, and its day.
  const findIt = () => findNewer(house.db, file);
  const newer = ENDED.includes(file.status) ? await beyondWall(findIt) : undefined;
  return { print, newer: newer && (await newerForm(house, staff, file, newer)) };
}

async function newerForm(house: House, staff: Staff, old: Declaration, newer: Declaration): Promise<NewerForm> {
  const { officeCode, confirmedAt, lapsesAt } = newer;
  if (!officeCode || !confirmedAt || !lapsesAt) throw new Error("a confirmed declaration lacks its office or its day");
  const officeName = (await getOffice(house.db, officeCode))?.name ?? officeCode;
  if (!officesAtWork(staff).includes(officeCode)) return { officeName, confirmedAt };
  await record(house.db, {
    at: house.clock.now(),
    actor: staff,
    action: "review.look",
    purpose: "review",
    personId: newer.personId ?? undefined,
    object: { kind: "declaration", id: newer.code },
    officeCode,
    detail: { oldPrintOf: old.code },
  });
  const [before, now] = [await printedLines(house, old), await printedLines(house, newer)];
  const changes = before && now ? changedLines(before, now) : "forgotten";
  const isOpen = newer.status === "confirmed" || newer.status === "received";
  return {
    officeName,
    confirmedAt,
    own: { code: newer.code, isOpen, lastDay: lastDayOf(lapsesAt).toString(), changes },
  };
}

async function printedLines(house: House, { code, answers, lapsesAt, consent }: Declaration) {
  if (!isComplete(answers) || !lapsesAt) return undefined;
  const office = await getOffice(house.db, answers.office.code);
  const officeName = office?.name ?? answers.office.code;
  return linesOf({ code, answers, officeName, lastDay: lastDayOf(lapsesAt), consent });
}
