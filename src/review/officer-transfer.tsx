import { aboutFile, beyondWall } from "../db/wall.ts";
import { officesAtWork } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import { findByCode } from "../registration/store.ts";
import { movesOf } from "../registration/store-many.ts";
import type { FieldFault } from "../ui/index.ts";
import { findOffices, getOffice, provinces } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { bring } from "./bring.ts";
import { codeOf, counterOf, guarded } from "./counter.tsx";
import { overtakenBy } from "./desk.ts";
import { handOver } from "./hand-over.ts";
import { openFile } from "./open-file.ts";
import { staffNames } from "./staff-names.ts";
import { BringPage, HandOverPage, MovesPage } from "./transfer-view.tsx";
import { fileHref } from "./view-parts.tsx";
import { transferWords } from "./words-transfer.ts";

/** A file that changes office: handed over by the office that has it, or brought to where the person stands. */
const desk = { who: ["officer", "supervisor"], purpose: "review" } as const;
const MOVES_AT_MOST = 100;

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: "/console/transfers", handle: showMoves }),
  pageRoute({
    ...desk,
    method: "GET",
    path: "/console/files/:code/hand-over",
    handle: (ask) => showHandOver(ask, [], 200),
  }),
  pageRoute({ ...desk, method: "POST", path: "/console/files/:code/hand-over", handle: postHandOver }),
  pageRoute({ ...desk, method: "GET", path: "/console/bring/:code", handle: (ask) => showBring(ask, [], 200) }),
  pageRoute({ ...desk, method: "POST", path: "/console/bring/:code", rate: "guess", handle: postBring }),
];

async function showMoves(ask: Ask): Promise<Reply> {
  const at = await counterOf(ask);
  // The line of a move stays with the office that the file has left: its code alone.
  const moves = await beyondWall(() => movesOf(ask.house.db, officesAtWork(at.staff), MOVES_AT_MOST));
  return page(<MovesPage at={at} moves={moves} names={await staffNames(ask.house.db)} />);
}

async function showHandOver(ask: Ask, faults: readonly Fault[], status: number): Promise<Reply> {
  const at = await counterOf(ask);
  return guarded(ask, async () => {
    const { db } = ask.house;
    const { dossier, desk: mine } = await openFile(ask.house, at.staff, codeOf(ask));
    const { file } = dossier;
    if (file.status !== "confirmed" && file.status !== "received") throw await overtakenBy(db, file);
    const on = dayOf(ask.now).toString();
    const own = await getOffice(db, mine.officeCode);
    const province = /^\d{2}$/.exec(ask.query.province ?? "")?.[0] ?? own?.provinceCode ?? "";
    const offices = (await findOffices(db, { provinceCode: province, takesFiles: true, on })).filter(
      (office) => office.provinceCode === province && office.code !== mine.officeCode,
    );
    const props = { at, file, province, offices, provinces: await provinces(db, on), typed: ask.form };
    return page(<HandOverPage {...props} faults={sentences(ask, faults)} />, status);
  });
}

async function postHandOver(ask: Ask): Promise<Reply> {
  const { staff } = await counterOf(ask);
  const code = codeOf(ask);
  const { office = "", reason = "" } = ask.form;
  return guarded(ask, async () => {
    try {
      await handOver(ask.house, staff, { code, office, reason });
      return redirect("/console/transfers", transferWords(ask.lang).handedFlash(code));
    } catch (failure) {
      if (failure instanceof Invalid) return showHandOver(ask, failure.faults, 422);
      throw failure;
    }
  });
}

async function showBring(ask: Ask, faults: readonly Fault[], status: number): Promise<Reply> {
  const at = await counterOf(ask);
  const code = codeOf(ask);
  const file = await aboutFile(code, () => findByCode(ask.house.db, code));
  if (!file?.officeCode || file.status === "draft") throw new NotFound("declaration");
  if (officesAtWork(at.staff).includes(file.officeCode)) return redirect(fileHref(code));
  const officeName = (await getOffice(ask.house.db, file.officeCode))?.name ?? file.officeCode;
  const reason = ask.form.reason ?? "";
  return page(<BringPage {...{ at, code, officeName, reason }} faults={sentences(ask, faults)} />, status);
}

async function postBring(ask: Ask): Promise<Reply> {
  const { staff } = await counterOf(ask);
  const code = codeOf(ask);
  return guarded(ask, async () => {
    try {
      await bring(ask.house, staff, { code, reason: ask.form.reason ?? "" });
      return redirect(fileHref(code), transferWords(ask.lang).bring.flash);
    } catch (failure) {
      if (failure instanceof Invalid) return showBring(ask, failure.faults, 422);
      throw failure;
    }
  });
}

function sentences(ask: Ask, faults: readonly Fault[]): FieldFault[] {
  const said: Record<string, string> = transferWords(ask.lang).faults;
  return faults.map(({ field, key }) => ({ field, text: said[key] ?? key }));
}
