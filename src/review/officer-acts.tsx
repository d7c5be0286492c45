import { Conflict, Invalid } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import { IMAGE_LIMITS } from "../pictures/rules-image.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { codeOf, counterOf, filePage, guarded, holdingOf } from "./counter.tsx";
import { getOwnFile, overtakenBy } from "./desk.ts";
import { filePaper } from "./file-paper.ts";
import { groundsNow } from "./grounds.ts";
import { openFile } from "./open-file.ts";
import { heldFiles } from "./overtaken-view.tsx";
import { readAgain, receive } from "./receive.ts";
import { PapersPage, ReceptionPage } from "./reception-view.tsx";
import { RefusalPage, RefusalPreviewPage } from "./refusal-view.tsx";
import { previewRefusal, refuse } from "./refuse.ts";
import { release } from "./release.ts";
import { draftSentence, parseRefusal } from "./rules-grounds.ts";
import { CHECKS, type ReadingForm } from "./rules-reading.ts";
import { type FiledReading, papersOf } from "./store.ts";
import { filesInFullHands, take } from "./take.ts";
import { dateParts, typedFromDeclaration } from "./to-receive-view.tsx";
import { fileHref, sentencesOf } from "./view-parts.tsx";
import { words } from "./words.ts";
import { actWords } from "./words-acts.ts";

/** The counter's forms: each shows itself, and creates the one thing it is named after. */
const at = (act: string) =>
  ({ path: `/console/files/:code/${act}`, who: ["officer", "supervisor"], purpose: "review" }) as const;

export const actRoutes: Route[] = [
  pageRoute({ method: "GET", ...at("reception"), handle: (ask) => showReception(ask, false) }),
  pageRoute({ method: "POST", ...at("reception"), handle: (ask) => postReception(ask, false) }),
  pageRoute({ method: "GET", ...at("reading"), handle: (ask) => showReception(ask, true) }),
  pageRoute({ method: "POST", ...at("reading"), handle: (ask) => postReception(ask, true) }),
  pageRoute({ method: "GET", ...at("papers"), handle: (ask) => showPapers(ask, [], 200) }),
  pageRoute({
    method: "POST",
    ...at("papers"),
    rate: "upload",
    sensitive: true,
    filesUpTo: IMAGE_LIMITS.bytes,
    handle: postPapers,
  }),
  pageRoute({ method: "GET", ...at("refusal"), handle: (ask) => showRefusal(ask, [], 200) }),
  pageRoute({ method: "POST", ...at("refusal"), handle: postRefusal }),
  pageRoute({ method: "POST", ...at("holding"), handle: postHolding }),
  pageRoute({ method: "POST", ...at("release"), handle: postRelease }),
];

async function showReception(ask: Ask, isAgain: boolean): Promise<Reply> {
  const counter = await counterOf(ask);
  return guarded(ask, async () => {
    const { dossier, desk } = await openFile(ask.house, counter.staff, codeOf(ask));
    const { file } = dossier;
    if (file.status !== (isAgain ? "received" : "confirmed")) throw await overtakenBy(ask.house.db, file);
    const reading = (await papersOf(ask.house.db, file.id)).at(-1);
    const typed = reading && isAgain ? typedFromReading(reading) : typedFromDeclaration(file);
    const held = isAgain ? [] : await filesInFullHands(ask.house.db, counter.staff, desk.officeCode);
    return page(<ReceptionPage at={counter} {...{ file, isAgain, typed, held }} faults={[]} />);
  });
}

async function postReception(ask: Ask, isAgain: boolean): Promise<Reply> {
  const counter = await counterOf(ask);
  const code = codeOf(ask);
  const checks = ask.many.checks ?? [];
  const typed = { ...ask.form, ...Object.fromEntries(checks.map((check) => [check, "yes"])) };
  const work = async (): Promise<Reply> => {
    try {
      await (isAgain ? readAgain : receive)(ask.house, counter.staff, code, typed);
      return redirect(fileHref(code));
    } catch (failure) {
      const isFull = failure instanceof Conflict && failure.code === "hands_full";
      if (!isFull && !(failure instanceof Invalid)) throw failure;
      const { file } = await getOwnFile(ask.house.db, counter.staff, code);
      const faults = failure instanceof Invalid ? sentencesOf(failure.faults, counter) : [];
      const held = failure instanceof Invalid ? [] : heldFiles(failure);
      return page(<ReceptionPage at={counter} {...{ file, isAgain, typed, faults, held }} />, failure.status);
    }
  };
  return guarded(ask, work, "received");
}

async function showPapers(ask: Ask, faults: readonly Fault[], status: number): Promise<Reply> {
  const counter = await counterOf(ask);
  return guarded(ask, async () => {
    const { file } = await getOwnFile(ask.house.db, counter.staff, codeOf(ask));
    return page(<PapersPage at={counter} file={file} faults={sentencesOf(faults, counter)} />, status);
  });
}

async function postPapers(ask: Ask): Promise<Reply> {
  const { staff } = await counterOf(ask);
  const code = codeOf(ask);
  const said = actWords(ask.lang).papers;
  return guarded(ask, async () => {
    const { front, back, form } = ask.files;
    const pictures = {
      ...(front && { front: front.bytes }),
      ...(back && { back: back.bytes }),
      ...(form && { form: form.bytes }),
    };
    try {
      const count = await filePaper(ask.house, staff, code, pictures);
      return redirect(fileHref(code), count > 0 ? said.saved(count) : said.unchanged);
    } catch (failure) {
      if (failure instanceof Invalid) return showPapers(ask, failure.faults, 422);
      throw failure;
    }
  });
}

async function showRefusal(ask: Ask, faults: readonly Fault[], status: number): Promise<Reply> {
  const counter = await counterOf(ask);
  return guarded(ask, async () => {
    const { dossier } = await openFile(ask.house, counter.staff, codeOf(ask));
    const { file } = dossier;
    if (file.status !== "received") throw await overtakenBy(ask.house.db, file);
    const typed = { grounds: ask.many.grounds ?? [], sentence: ask.form.sentence ?? "" };
    const known = await groundsNow(ask.house.db, ask.now);
    return page(
      <RefusalPage at={counter} dossier={dossier} known={known} {...typed} faults={sentencesOf(faults, counter)} />,
      status,
    );
  });
}

/** First press: the message as it will be read. Second press: it leaves. */
async function postRefusal(ask: Ask): Promise<Reply> {
  const counter = await counterOf(ask);
  const code = codeOf(ask);
  const grounds = ask.many.grounds ?? [];
  const typed = ask.form.sentence ?? "";
  const holding = holdingOf(ask);
  const work = async (): Promise<Reply> => {
    try {
      if (ask.form.step === "send") {
        await refuse(ask.house, counter.staff, { code, grounds, sentence: typed, holding });
        return redirect(fileHref(code), words(ask.lang).file.refusedFlash);
      }
      const { file } = await getOwnFile(ask.house.db, counter.staff, code);
      if (file.status !== "received") throw await overtakenBy(ask.house.db, file);
      const known = await groundsNow(ask.house.db, ask.now);
      const sentence = typed.trim() ? typed : draftSentence(known, grounds, file.lang);
      const parsed = parseRefusal(known, grounds, sentence);
      if (!parsed.ok) return showRefusal(ask, parsed.faults, 422);
      const preview = await previewRefusal(ask.house, file, { refusal: parsed.value, known });
      return page(<RefusalPreviewPage at={counter} {...{ file, known, preview, holding }} refusal={parsed.value} />);
    } catch (failure) {
      if (failure instanceof Invalid) return showRefusal(ask, failure.faults, 422);
      throw failure;
    }
  };
  return guarded(ask, work, "refused");
}

async function postHolding(ask: Ask): Promise<Reply> {
  const counter = await counterOf(ask);
  const code = codeOf(ask);
  return guarded(ask, async () => {
    try {
      await take(ask.house, counter.staff, {
        code,
        isTakeOver: ask.form.take_over === "yes",
        reason: ask.form.reason ?? "",
      });
      return redirect(fileHref(code), words(ask.lang).file.takenFlash);
    } catch (failure) {
      if (!(failure instanceof Invalid)) throw failure;
      return filePage(ask, { faults: sentencesOf(failure.faults, counter) }, 422);
    }
  });
}

async function postRelease(ask: Ask): Promise<Reply> {
  const { staff } = await counterOf(ask);
  return guarded(ask, async () => {
    await release(ask.house, staff, codeOf(ask));
    return redirect("/console", words(ask.lang).file.releasedFlash);
  });
}

function typedFromReading(reading: FiledReading): ReadingForm {
  const ticks = {
    original_seen: reading.originalSeen,
    form_signed: reading.formSigned,
    face_matches: reading.faceMatches,
    copy_kept: reading.copyKept,
  };
  return {
    id_kind: reading.kind,
    id_number: reading.number,
    name: reading.name,
    ...dateParts("birth", reading.birthOn.toString(), reading.birthPrecision),
    ...(reading.expiresOn ? dateParts("expires", reading.expiresOn.toString(), "day") : {}),
    ...Object.fromEntries(CHECKS.filter((check) => ticks[check]).map((check) => [check, "yes"])),
  };
}
