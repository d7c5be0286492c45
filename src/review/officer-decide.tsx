import { Invalid } from "../kernel/failures.ts";
import type { Declaration } from "../registration/store.ts";
import { type Ask, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { accept, type Verdict } from "./accept.ts";
import { codeOf, counterOf, filePage, guarded, holdingOf, paperOf } from "./counter.tsx";
import { propose } from "./propose.ts";
import type { Field } from "./rules.ts";
import { type SecondLook, secondLook } from "./second-look.ts";
import { fileHref, sentencesOf } from "./view-parts.tsx";
import { words } from "./words.ts";
import { decideWords } from "./words-decide.ts";

/** Deciding on a file: one officer accepts, or proposes; a second person confirms or sends back. */
const at = (act: string) => ({ path: `/console/files/:code/${act}`, purpose: "review" }) as const;
const who = ["officer", "supervisor"] as const;
const toFile = (ask: Ask) => redirect(fileHref(codeOf(ask)));

export const decideRoutes: Route[] = [
  pageRoute({ method: "GET", ...at("acceptance"), who, handle: toFile }),
  pageRoute({ method: "POST", ...at("acceptance"), who, handle: postAcceptance }),
  pageRoute({ method: "GET", ...at("proposal"), who, handle: toFile }),
  pageRoute({ method: "POST", ...at("proposal"), who, handle: postProposal }),
  pageRoute({ method: "GET", ...at("second-look"), who, handle: toFile }),
  pageRoute({ method: "POST", ...at("second-look"), who: ["supervisor"], handle: postSecondLook }),
];

async function postAcceptance(ask: Ask): Promise<Reply> {
  const { staff } = await counterOf(ask);
  const flash = words(ask.lang).file.acceptedFlash;
  return guarded(ask, () => decided(ask, () => accept(ask.house, staff, verdictOf(ask)), flash), "accepted");
}

async function postProposal(ask: Ask): Promise<Reply> {
  const { staff } = await counterOf(ask);
  const { flash } = decideWords(ask.lang).propose;
  return guarded(ask, () => decided(ask, () => propose(ask.house, staff, verdictOf(ask)), flash), "proposed");
}

async function postSecondLook(ask: Ask): Promise<Reply> {
  const { staff } = await counterOf(ask);
  const said = decideWords(ask.lang).second;
  const verdict = ask.form.verdict === "confirm" ? "confirm" : "send_back";
  const asked: SecondLook = { code: codeOf(ask), verdict, words: ask.form.words ?? "" };
  const flash = verdict === "confirm" ? said.confirmFlash : said.sendBackFlash;
  const wanted = verdict === "confirm" ? "accepted" : undefined;
  return guarded(ask, () => decided(ask, () => secondLook(ask.house, staff, asked), flash), wanted);
}

/** The file after the act, or the file page again with what was typed and what is missing. */
async function decided(ask: Ask, act: () => Promise<Declaration>, flash: string): Promise<Reply> {
  try {
    await act();
    return redirect(fileHref(codeOf(ask)), flash);
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    const faults = sentencesOf(failure.faults, await counterOf(ask));
    return filePage(ask, { typed: ask.form, faults }, 422);
  }
}

const FIELDS: readonly Field[] = ["insurance_number", "id_number", "name", "birth", "sex", "phone"];

function verdictOf(ask: Ask): Verdict {
  const { form } = ask;
  const ticks = FIELDS.map((field) => [field, { trusted: form[`trusted_${field}`], reason: form[`reason_${field}`] }]);
  return {
    code: codeOf(ask),
    note: form.note ?? "",
    ticks: Object.fromEntries(ticks),
    paperNo: paperOf(ask),
    holding: holdingOf(ask),
  };
}
