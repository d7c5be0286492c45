import { nextPage, proofPage } from "../account/rules-next.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Forbidden, NotAllowed, NotFound } from "../kernel/failures.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { noteSeen } from "./notice-due.ts";
import { readConsents } from "./read.ts";
import { CONSENTS, noticeOn } from "./rules.ts";
import { ConsentsPage, DuePage } from "./view.tsx";
import { withdrawConsent } from "./withdraw-consent.ts";
import { words } from "./words.ts";

/** What is new in the privacy notice, and what one agreed to, on one page with the way to take it back. */
const AT = "/account/consents";

function showDue(ask: Ask): Reply {
  const next = nextPage(ask.query.next, "citizen");
  return page(<DuePage ask={ask} notice={noticeOn(dayOf(ask.now))} next={next} />);
}

async function saveSeen(ask: Ask): Promise<Reply> {
  await noteSeen(ask.house, citizenFrom(ask), ask.now);
  return redirect(nextPage(ask.form.next, "citizen"), words(ask.lang).due.thanks);
}

async function show(ask: Ask, fault?: string, status = 200): Promise<Reply> {
  const consents = await readConsents(ask.house, citizenFrom(ask).personId);
  return page(<ConsentsPage ask={ask} consents={consents} fault={fault} />, status);
}

async function withdraw(ask: Ask): Promise<Reply> {
  const kind = CONSENTS.find((one) => one === ask.form.kind);
  if (!kind) throw new NotFound("consent");
  try {
    await withdrawConsent(ask.house, citizenFrom(ask), kind, ask.now);
  } catch (error) {
    if (error instanceof Forbidden && error.code === "proof_needed") return redirect(proofPage(AT));
    // Every page of the account says until when an SMS reset limits it.
    if (error instanceof Forbidden && error.code === "limited_after_reset") return redirect(AT);
    if (error instanceof NotAllowed) return show(ask, words(ask.lang).mine.photosInReview, error.status);
    throw error;
  }
  return redirect(AT, words(ask.lang).mine.done);
}

const own = { who: ["citizen"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...own, method: "GET", path: "/account/notice", handle: showDue }),
  pageRoute({ ...own, method: "POST", path: "/account/notice", handle: saveSeen }),
  pageRoute({ ...own, method: "GET", path: AT, handle: (ask) => show(ask) }),
  pageRoute({ ...own, method: "POST", path: `${AT}/withdrawal`, handle: withdraw }),
];
