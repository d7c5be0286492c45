import { proofsOf } from "../account/proof.ts";
import { refuseLimited } from "../account/refuse-limited.ts";
import { proofPage } from "../account/rules-next.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Forbidden, Invalid } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { type FieldFault, sentencesOf } from "../ui/index.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { askRequest, withdrawRequest } from "./ask-request.ts";
import { CopyPage, SHOWN_MOST } from "./copy-view.tsx";
import { exportOwn } from "./export.ts";
import { answerWorkingDays } from "./rules.ts";
import type { Row, SectionName } from "./sections.ts";
import { requestsOf } from "./store.ts";
import { termsOn } from "./terms-on.ts";
import { type MineProps, MyDataPage } from "./view.tsx";
import { words } from "./words.ts";

/** /account/data: a copy of one's account, and the request to delete (Luật 91/2025/QH15, art. 4). */
const AT = "/account/data";

async function show(ask: Ask, faults: readonly FieldFault[] = [], status = 200): Promise<Reply> {
  return view(ask, { faults, proof: (await isProved(ask)) ? "fresh" : "needed" }, status);
}

async function view(ask: Ask, shown: Pick<MineProps, "faults" | "proof">, status: number): Promise<Reply> {
  const { db } = ask.house;
  const today = dayOf(ask.now);
  const requests = await requestsOf(db, citizenFrom(ask).personId);
  const answerDays = await policyOn(db, answerWorkingDays, today);
  const terms = await termsOn(db, today);
  return page(<MyDataPage {...{ ask, requests, answerDays, terms, ...shown }} toProof={proofPage(AT)} />, status);
}

async function askFor(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  try {
    await askRequest(house, citizenFrom(ask), { kind: form.kind, says: form.says, agree: form.agree === "yes" }, now);
    return redirect(AT, words(lang).asked);
  } catch (error) {
    if (error instanceof Forbidden && error.code === "proof_needed") {
      return view(ask, { faults: [], proof: "stale" }, 422);
    }
    if (!(error instanceof Invalid)) throw error;
    return show(ask, sentencesOf(error.faults, words(lang).faults), error.status);
  }
}

async function takeBack(ask: Ask): Promise<Reply> {
  await withdrawRequest(ask.house, citizenFrom(ask), ask.form.request ?? "", ask.now);
  return redirect(AT, words(ask.lang).withdrawn);
}

/** Of each part no more than is shown is held. */
async function showCopy(ask: Ask): Promise<Reply> {
  refuseLimited(citizenFrom(ask), ask.now);
  if (!(await isProved(ask))) return redirect(proofPage(`${AT}/copy`));
  const parts = new Map<SectionName, Row[]>();
  for await (const { name, rows } of await exportOwn(ask.house, citizenFrom(ask), { ...ask, as: "page" })) {
    const held = parts.get(name) ?? [];
    held.push(...rows.slice(0, SHOWN_MOST + 1 - held.length));
    parts.set(name, held);
    if (name === "looks" && held.length > SHOWN_MOST) break;
  }
  return page(<CopyPage ask={ask} parts={parts} />);
}

/** The file comes from the API, which streams it; here only the proof is asked for. */
async function toFile(ask: Ask): Promise<Reply> {
  refuseLimited(citizenFrom(ask), ask.now);
  return redirect((await isProved(ask)) ? "/api/v1/me/export" : proofPage(`${AT}/file`));
}

const isProved = async (ask: Ask) => (await proofsOf(ask.house.db, citizenFrom(ask), ask.now)).isFresh;

const own = { who: ["citizen"], purpose: "account", sensitive: true } as const;

export const routes: Route[] = [
  pageRoute({ ...own, method: "GET", path: AT, handle: (ask) => show(ask) }),
  pageRoute({ ...own, method: "POST", path: AT, handle: askFor }),
  pageRoute({ ...own, method: "POST", path: `${AT}/withdrawal`, handle: takeBack }),
  pageRoute({ ...own, method: "GET", path: `${AT}/copy`, handle: showCopy }),
  pageRoute({ ...own, method: "GET", path: `${AT}/file`, handle: toFile }),
];
