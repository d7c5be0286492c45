import { Invalid } from "../../kernel/failures.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../../web/route.ts";
import { fileOf, openOn, placeToGo } from "../citizen-visit.tsx";
import { saveAnswers } from "../draft.ts";
import { isReachable } from "../rules-answers.ts";
import { typedOf } from "../rules-typed.ts";
import type { Declaration } from "../store.ts";
import { ScanPage } from "./scan-page.tsx";
import { scanWords } from "./words.ts";

/** Three questions answered from one card: paper, name, birth. */
const FILLED = ["paper", "name", "birth"] as const;

async function showScan(ask: Ask): Promise<Reply> {
  const file = await openDraft(ask);
  return "code" in file ? page(<ScanPage ask={ask} fields={{}} faults={[]} />) : file;
}

async function postScan(ask: Ask): Promise<Reply> {
  const file = await openDraft(ask);
  if (!("code" in file)) return file;
  const fields = { issued_by: typedOf(file.answers, "paper").issued_by, ...ask.form };
  try {
    const saved = await saveAnswers(ask.house, { code: file.code, questions: FILLED, fields, now: ask.now });
    return openOn(ask, file.code, await placeToGo(ask, saved), scanWords(ask.lang).used);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return page(<ScanPage ask={ask} fields={ask.form} faults={error.faults} />, 422);
  }
}

/** The draft that is open here, as soon as it may be asked for a paper; else where to go. */
async function openDraft(ask: Ask): Promise<Declaration | Reply> {
  const file = await fileOf(ask);
  if (!file) return redirect("/register");
  return file.status === "draft" && isReachable(file.answers, "paper") ? file : redirect(await placeToGo(ask, file));
}

const open = { who: ["anyone"], purpose: "registration", path: "/register/scan" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", usesWasm: true, handle: showScan }),
  pageRoute({ ...open, method: "POST", handle: postScan }),
];
