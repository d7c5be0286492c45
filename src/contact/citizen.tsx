import { proofsOf } from "../account/proof.ts";
import { proofPage } from "../account/rules-next.ts";
import { codeMinutes } from "../codes/life-now.ts";
import { askAgainMinutes } from "../codes/rest-now.ts";
import { eventsOf } from "../holder/store.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { Conflict, Forbidden, Invalid } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { contactsOf } from "../register/store.ts";
import { sentencesOf } from "../ui/index.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { askChange } from "./ask-change.ts";
import { changeAddress } from "./change-address.ts";
import { proveChange } from "./prove-change.ts";
import { type ContactKind, maskContact } from "./rules.ts";
import { stopChangeByCode, stopOwnChange } from "./stop-change.ts";
import { findChange, openChangesOf } from "./store.ts";
import { AddressPage, AskPage, ContactPage, ProvePage, StopChangePage } from "./view.tsx";
import { words } from "./words.ts";

/** "Thay đổi đăng ký": the sister of registering. Telephone, e-mail and address of contact. */

const HOME = "/account/contact";

async function reached(ask: Ask) {
  const contacts = await contactsOf(ask.house.db, citizenFrom(ask).personId);
  const find = (kind: string) => contacts.find((one) => one.kind === kind)?.value;
  return { phone: find("phone"), email: find("email"), address: find("address") };
}

async function show(ask: Ask): Promise<Reply> {
  const { personId } = citizenFrom(ask);
  const open = await openChangesOf(ask.house.db, personId);
  const events = await eventsOf(ask.house.db, personId);
  return page(<ContactPage ask={ask} {...(await reached(ask))} open={open} events={events} />);
}

async function askView(
  ask: Ask,
  kind: ContactKind,
  wrong: Pick<Parameters<typeof AskPage>[0], "faults" | "toProof"> = {},
) {
  const present = (await reached(ask))[kind];
  return <AskPage ask={ask} kind={kind} present={present && maskContact(kind, present)} {...wrong} />;
}

const showAsk = (kind: ContactKind) => async (ask: Ask) => {
  const citizen = citizenFrom(ask);
  if (citizen.limitedUntil) return redirect(HOME);
  const { isTwoFactor } = await proofsOf(ask.house.db, citizen, ask.now);
  return isTwoFactor ? page(await askView(ask, kind)) : redirect(proofPage(`${HOME}/${kind}`, true));
};

const askFor =
  (kind: ContactKind) =>
  async (ask: Ask): Promise<Reply> => {
    const { house, form, lang, now } = ask;
    const said = words(lang).ask;
    const refused = async (text: string, status: number) =>
      page(await askView(ask, kind, { faults: [{ field: "contact", text }] }), status);
    try {
      const asked = await askChange(house, citizenFrom(ask), { kind, typed: form.contact ?? "", lang, now });
      if (asked === "same") return redirect(HOME, said.same);
      if (asked === "spent") return refused(said.spent(await askAgainMinutes(house.db, now)), 429);
      const change = await findChange(house.db, citizenFrom(ask).personId, asked.changeId);
      const to = maskContact(kind, change?.new_value ?? "");
      const minutes = await codeMinutes(house.db, now);
      return page(
        <ProvePage ask={onCodePage(ask, asked.changeId)} changeId={asked.changeId} to={to} minutes={minutes} />,
      );
    } catch (error) {
      if (error instanceof Forbidden) {
        return orProve(error, `${HOME}/${kind}`, async (toProof) => page(await askView(ask, kind, { toProof }), 422));
      }
      if (error instanceof Conflict && error.code === "change_waiting") return refused(said.waiting, error.status);
      if (error instanceof Conflict && error.code === "change_overtaken") return refused(said.overtaken, error.status);
      if (!(error instanceof Invalid)) throw error;
      return page(await askView(ask, kind, { faults: sentencesOf(error.faults, words(lang).faults) }), error.status);
    }
  };

/**
 * Where somebody who may not yet goes on: to a proof, with what was typed still there. Every page of the account says
 * until when an SMS reset limits it.
 */
function orProve(
  error: Forbidden,
  next: string,
  ask: (toProof: string) => Promise<Reply> | Reply,
): Promise<Reply> | Reply {
  if (error.code === "limited_after_reset") return redirect(HOME);
  const isTwo = error.code === "two_proofs_needed";
  if (!isTwo && error.code !== "proof_needed") throw error;
  return ask(proofPage(next, isTwo));
}

async function prove(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const citizen = citizenFrom(ask);
  const { change: changeId = "", code = "" } = form;
  const said = words(lang).prove;
  if (!isUuid(changeId)) return redirect(HOME);
  try {
    const done = await proveChange(house, citizen, { changeId, code, now });
    return redirect(HOME, done.isDone ? said.done : said.waiting(formatInstant(done.effectiveAt, lang)));
  } catch (error) {
    const change = await findChange(house.db, citizen.personId, changeId);
    const kind = (change?.kind ?? "phone") as ContactKind;
    if (error instanceof Forbidden) return orProve(error, `${HOME}/${kind}`, redirect);
    const faults =
      error instanceof Invalid
        ? sentencesOf(error.faults, words(lang).faults)
        : error instanceof Conflict && error.code === "phone_taken"
          ? [{ field: "code", text: said.taken }]
          : undefined;
    if (!faults) throw error;
    const to = maskContact(kind, change?.new_value ?? "");
    const minutes = await codeMinutes(house.db, now);
    const at = onCodePage(ask, changeId);
    return page(<ProvePage ask={at} changeId={changeId} to={to} minutes={minutes} faults={faults} />, 422);
  }
}

const onCodePage = (ask: Ask, changeId: string): Ask => ({ ...ask, seenAt: `${HOME}/code?change=${changeId}` });

/** The box for a code that is out, again: in the other language, or after a look elsewhere. */
async function showProve(ask: Ask): Promise<Reply> {
  const changeId = ask.query.change ?? "";
  const change = isUuid(changeId) ? await findChange(ask.house.db, citizenFrom(ask).personId, changeId) : undefined;
  if (change?.state !== "asked" || change.source !== "online") return redirect(HOME);
  const to = maskContact(change.kind as ContactKind, change.new_value);
  const minutes = await codeMinutes(ask.house.db, ask.now);
  return page(<ProvePage ask={ask} changeId={changeId} to={to} minutes={minutes} />);
}

async function stopOwn(ask: Ask): Promise<Reply> {
  const changeId = ask.form.change ?? "";
  if (isUuid(changeId)) await stopOwnChange(ask.house, citizenFrom(ask), changeId, ask.now);
  return redirect(HOME, words(ask.lang).pending.stopped);
}

async function showAddress(ask: Ask): Promise<Reply> {
  const citizen = citizenFrom(ask);
  if (citizen.limitedUntil) return redirect(HOME);
  const { isFresh } = await proofsOf(ask.house.db, citizen, ask.now);
  return isFresh ? page(<AddressPage ask={ask} />) : redirect(proofPage(`${HOME}/address`));
}

async function saveAddress(ask: Ask): Promise<Reply> {
  const said = words(ask.lang);
  try {
    const isNew = await changeAddress(ask.house, citizenFrom(ask), ask.form.address ?? "", ask.now);
    return redirect(HOME, isNew ? said.address.done : said.ask.same);
  } catch (error) {
    if (error instanceof Forbidden) {
      return orProve(error, `${HOME}/address`, (toProof) => page(<AddressPage ask={ask} toProof={toProof} />, 422));
    }
    if (!(error instanceof Invalid)) throw error;
    return page(<AddressPage ask={ask} faults={sentencesOf(error.faults, words(ask.lang).faults)} />, error.status);
  }
}

async function stopByCode(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const said = words(lang).stop;
  try {
    await stopChangeByCode(house, { login: form.login ?? "", code: form.code ?? "", now });
    return redirect("/sign-in", said.done);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return page(<StopChangePage ask={ask} faults={sentencesOf(error.faults, words(lang).faults)} />, error.status);
  }
}

const own = { who: ["citizen"], purpose: "account" } as const;
const open = { who: ["anyone"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...own, method: "GET", path: HOME, handle: show }),
  ...(["phone", "email"] as const).flatMap((kind) => [
    pageRoute({ ...own, method: "GET", path: `${HOME}/${kind}`, handle: showAsk(kind) }),
    pageRoute({ ...own, method: "POST", path: `${HOME}/${kind}`, rate: "guess", handle: askFor(kind) }),
  ]),
  pageRoute({ ...own, method: "GET", path: `${HOME}/code`, handle: showProve }),
  pageRoute({ ...own, method: "POST", path: `${HOME}/code`, rate: "guess", handle: prove }),
  pageRoute({ ...own, method: "POST", path: `${HOME}/stopping`, handle: stopOwn }),
  pageRoute({ ...own, method: "GET", path: `${HOME}/address`, handle: showAddress }),
  pageRoute({ ...own, method: "POST", path: `${HOME}/address`, handle: saveAddress }),
  pageRoute({ ...open, method: "GET", path: `${HOME}/stop`, handle: (ask) => page(<StopChangePage ask={ask} />) }),
  pageRoute({ ...open, method: "POST", path: `${HOME}/stop`, rate: "guess", handle: stopByCode }),
];
