import { FileRefused } from "../intake/refusal.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { NotAllowed, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { policyOn } from "../policy/store.ts";
import { writeXlsx, XLSX_TYPE } from "../typeset/write-xlsx.ts";
import type { FieldFault } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { hrefOf, ROSTER } from "./frame.tsx";
import { confirmLeavers } from "./leavers.ts";
import { refusedRows } from "./lines.ts";
import { handBack } from "./look.ts";
import { fileRefusalText } from "./refusal-text.ts";
import { isTooOldToEnd, UPLOAD_BYTES_MAX } from "./rules.ts";
import { parseSending } from "./rules-forms.ts";
import { refusalsKeptDays } from "./rules-policies.ts";
import { RosterRefused } from "./rules-refusal.ts";
import { getOwnUnit } from "./scope.ts";
import { missingFrom, refusalsOf, unitOfUpload, uploadsOf } from "./store-upload.ts";
import { takeRoster } from "./take-roster.ts";
import { UploadPage } from "./upload-view.tsx";
import { words } from "./words.ts";
import { uploadWords } from "./words-upload.ts";

/** A unit's list comes in; what could not be taken goes back, to be mended. */
const desk = { who: ["coordinator"], purpose: "rollout" } as const;
const UPLOAD = `${ROSTER}/upload`;
const LISTED = 20;
const SHOWN = 50;

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: UPLOAD, handle: (ask) => uploadPage(ask, ask.query.unit, {}) }),
  pageRoute({ ...desk, method: "POST", path: UPLOAD, rate: "upload", filesUpTo: UPLOAD_BYTES_MAX, handle: postList }),
  pageRoute({ ...desk, method: "GET", path: `${UPLOAD}/:upload/refused.xlsx`, handle: sendRefused }),
  pageRoute({ ...desk, method: "POST", path: `${UPLOAD}/:upload/leavers`, handle: postLeavers }),
  pageRoute({ ...desk, method: "GET", path: `${UPLOAD}/:upload/leavers`, handle: () => redirect(UPLOAD) }),
];

function staffOf(ask: Ask): Staff {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  return ask.actor;
}

interface Shown {
  faults?: readonly FieldFault[];
  sheets?: readonly string[];
  status?: number;
}

async function uploadPage(ask: Ask, code: string | undefined, shown: Shown): Promise<Reply> {
  const { db } = ask.house;
  const unit = await getOwnUnit(db, staffOf(ask), ask.now, code);
  const uploads = await uploadsOf(db, unit.code, LISTED);
  const [upload] = uploads;
  const keptDays = await policyOn(db, refusalsKeptDays, dayOf(ask.now));
  const isTooOld = upload !== undefined && isTooOldToEnd(upload, ask.now, keptDays);
  const latest = upload && {
    ...{ upload, isTooOld },
    refusals: upload.refused > 0 ? await refusalsOf(db, upload.uploadId, SHOWN) : [],
    missing: upload.missing > 0 && upload.leavers === null && !isTooOld ? await missingFrom(db, upload, SHOWN) : [],
  };
  if (latest) {
    await handBack(ask.house, staffOf(ask), unit, { ...latest, uploadId: latest.upload.uploadId, as: "page" });
  }
  const { faults = [], sheets = [], status = 200 } = shown;
  return page(
    <UploadPage {...{ at: { ask, unit }, latest, uploads, keptDays, sheets, faults }} typed={ask.form} />,
    status,
  );
}

async function postList(ask: Ask): Promise<Reply> {
  const said = uploadWords(ask.lang);
  const unit = await getOwnUnit(ask.house.db, staffOf(ask), ask.now, ask.form.unit);
  const bytes = ask.files.list?.bytes;
  const parsed = parseSending(ask.form);
  const sentences: Record<string, string> = said.faults;
  const faults: FieldFault[] = [
    ...(bytes ? [] : [{ field: "list", text: said.refusals.no_file }]),
    ...(parsed.ok ? [] : parsed.faults.map(({ field, key }) => ({ field, text: sentences[key] ?? key }))),
  ];
  if (!bytes || !parsed.ok || faults.length > 0) return uploadPage(ask, unit.code, { faults, status: 422 });
  try {
    await takeRoster(ask.house, staffOf(ask), { unitCode: unit.code, bytes, ...parsed.value });
  } catch (failure) {
    const shown = refusalOf(ask, failure);
    if (!shown) throw failure;
    return uploadPage(ask, unit.code, shown);
  }
  return redirect(hrefOf(UPLOAD, { unit: unit.code }), said.done);
}

/** Why the file as a whole was not taken, in a sentence, beside the box that mends it. */
function refusalOf(ask: Ask, failure: unknown): Shown | undefined {
  if (failure instanceof RosterRefused) {
    const field = failure.code === "which_sheet" ? "sheet" : "list";
    const text = uploadWords(ask.lang).refusals[failure.code];
    return { faults: [{ field, text }], sheets: failure.sheets, status: 422 };
  }
  if (!(failure instanceof FileRefused)) return undefined;
  return { faults: [{ field: "list", text: fileRefusalText(failure, ask.lang) }], status: 422 };
}

async function ownUpload(ask: Ask) {
  const id = ask.params.upload ?? "";
  if (!isUuid(id)) throw new NotFound("upload");
  const unit = await getOwnUnit(ask.house.db, staffOf(ask), ask.now, await unitOfUpload(ask.house.db, id));
  return { id, unit };
}

async function sendRefused(ask: Ask): Promise<Reply> {
  const { db } = ask.house;
  const { id, unit } = await ownUpload(ask);
  const upload = (await uploadsOf(db, unit.code, 1000)).find(({ uploadId }) => uploadId === id);
  if (!upload) throw new NotFound("upload");
  const refusals = await refusalsOf(db, id, upload.refused);
  await handBack(ask.house, staffOf(ask), unit, { uploadId: id, as: "refused", refusals, missing: [] });
  const rows = refusedRows(upload.headings, refusals, ask.lang);
  const bytes = writeXlsx(words(ask.lang).title, rows);
  return { kind: "bytes", type: XLSX_TYPE, bytes, name: ask.lang === "en" ? "not-taken.xlsx" : "dong-chua-nhan.xlsx" };
}

async function postLeavers(ask: Ask): Promise<Reply> {
  const said = uploadWords(ask.lang);
  const { id, unit } = await ownUpload(ask);
  try {
    const leavers = await confirmLeavers(ask.house, staffOf(ask), id);
    return redirect(hrefOf(UPLOAD, { unit: unit.code }), said.missingDone(leavers));
  } catch (failure) {
    if (!(failure instanceof NotAllowed)) throw failure;
    const faults = [{ field: "list", text: said.faults.leavers_late }];
    return uploadPage(ask, unit.code, { faults, status: failure.status });
  }
}
