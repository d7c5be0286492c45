import { proofsOf } from "../account/proof.ts";
import { refuseLimited } from "../account/refuse-limited.ts";
import { deviceLabel, nextPage, proofPage } from "../account/rules-next.ts";
import { findAccount } from "../account/store.ts";
import { Conflict, Forbidden, Invalid, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { sentencesOf } from "../ui/index.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { AddPasskeyPage, OfferPage, SetupPage, SparePage } from "./add-view.tsx";
import { partyOf, sessionBound } from "./ask.ts";
import { beginAuthenticator, renewSpareCodes, switchOffAuthenticator, switchOnAuthenticator } from "./authenticator.ts";
import { askForNewPasskey } from "./passkey-ask.ts";
import { addPasskey, dropOwnPassword, namePasskey, removePasskey } from "./passkeys.ts";
import { totpUri } from "./rules-totp.ts";
import { passkeysOf } from "./store.ts";
import { countSpareCodes, findAuthenticator, spareSetOf } from "./store-totp.ts";
import { idOf, OnePasskeyPage, WaysPage } from "./ways-view.tsx";
import { words } from "./words.ts";

/** /account/ways: what opens the account beside the password. */

const HOME = "/account/ways";
const NEW = "/account/ways/passkeys";
const SETUP = "/account/ways/authenticator";
/** Accounts are listed in the application by the face of the service, never by a number of a person. */
const LABEL = "Bảo hiểm xã hội";

async function showWays(ask: Ask, faults: Parameters<typeof WaysPage>[0]["faults"] = [], status = 200): Promise<Reply> {
  const { house } = ask;
  const { personId } = citizenFrom(ask);
  const account = await findAccount(house.db, personId);
  if (!account) throw new NotSignedIn();
  const ways = {
    account,
    passkeys: await passkeysOf(house.db, personId),
    authenticator: await findAuthenticator(house.db, personId),
    spareLeft: await countSpareCodes(house.db, personId),
    spareSet: await spareSetOf(house.db, personId),
    hasEid: house.settings.eid !== undefined,
  };
  return page(<WaysPage ask={{ ...ask, seenAt: HOME }} {...ways} faults={faults} />, status);
}

/** Runs a change; somebody who has yet to prove themselves is sent to do so, and comes back to `next`. */
async function guarded(next: string, work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Forbidden && error.code === "proof_needed") return redirect(proofPage(next));
    throw error;
  }
}

/** A page that begins a change: only after the proof. */
async function afterProof(ask: Ask, show: () => Promise<Reply> | Reply): Promise<Reply> {
  const citizen = citizenFrom(ask);
  refuseLimited(citizen, ask.now);
  const { isFresh } = await proofsOf(ask.house.db, citizen, ask.now);
  return isFresh ? show() : redirect(proofPage(ask.here));
}

function addView(ask: Ask, next: string, faults: Parameters<typeof AddPasskeyPage>[0]["faults"] = []) {
  const usualName = deviceLabel(ask.headers["user-agent"]);
  return <AddPasskeyPage ask={ask} {...partyOf(ask)} usualName={usualName} next={next} faults={faults} />;
}

function showAdd(ask: Ask): Promise<Reply> {
  return afterProof(ask, () => page(addView(ask, ask.query.next ?? "")));
}

function options(ask: Ask): Promise<Reply> {
  const citizen = citizenFrom(ask);
  return guarded(NEW, async () => {
    const asked = await askForNewPasskey(ask.house, citizen, sessionBound(citizen), ask.now);
    return { kind: "bytes", type: "application/json; charset=utf-8", bytes: JSON.stringify(asked) };
  });
}

function add(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const citizen = citizenFrom(ask);
  const { response = "", passkey: name = "" } = form;
  return guarded(NEW, async () => {
    try {
      await addPasskey(house, citizen, { response, name, boundTo: sessionBound(citizen), now });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return page(addView(ask, form.next ?? "", sentencesOf(error.faults, words(lang).faults)), error.status);
    }
    return redirect(form.next ? nextPage(form.next, "citizen") : HOME, words(lang).add.done);
  });
}

async function getOwn(ask: Ask) {
  const held = await passkeysOf(ask.house.db, citizenFrom(ask).personId);
  const found = held.find((one) => idOf(one) === ask.params.id);
  if (!found) throw new NotFound("passkey");
  return found;
}

async function showOne(ask: Ask): Promise<Reply> {
  return page(<OnePasskeyPage ask={ask} passkey={await getOwn(ask)} />);
}

async function rename(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const passkey = await getOwn(ask);
  try {
    const which = { credentialId: idOf(passkey), now };
    await namePasskey(house, citizenFrom(ask), { ...which, name: form.passkey ?? "" });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return page(
      <OnePasskeyPage ask={ask} passkey={passkey} faults={sentencesOf(error.faults, words(lang).faults)} />,
      error.status,
    );
  }
  return redirect(HOME, words(lang).ways.named);
}

async function remove(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const passkey = await getOwn(ask);
  const said = words(lang).ways;
  return guarded(`${NEW}/${idOf(passkey)}`, async () => {
    try {
      await removePasskey(house, citizenFrom(ask), { credentialId: idOf(passkey), now });
    } catch (error) {
      if (!(error instanceof Conflict && error.code === "last_passkey")) throw error;
      const faults = [{ field: "passkey", text: said.lastPasskey }];
      return page(<OnePasskeyPage ask={ask} passkey={passkey} faults={faults} />, 409);
    }
    return redirect(HOME, said.removed);
  });
}

function setupView(ask: Ask, secret: string, next: string, faults: Parameters<typeof SetupPage>[0]["faults"] = []) {
  return <SetupPage ask={ask} secret={secret} uri={totpUri(secret, LABEL)} next={next} faults={faults} />;
}

function showSetup(ask: Ask): Promise<Reply> {
  return afterProof(ask, async () => {
    try {
      const secret = await beginAuthenticator(ask.house, citizenFrom(ask), ask.now);
      return page(setupView(ask, secret, ask.query.next ?? ""));
    } catch (error) {
      if (error instanceof Conflict) return redirect(HOME);
      throw error;
    }
  });
}

function switchOn(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const citizen = citizenFrom(ask);
  return guarded(SETUP, async () => {
    try {
      const codes = await switchOnAuthenticator(house, citizen, { code: form.code ?? "", now });
      const next = form.next ? nextPage(form.next, "citizen") : HOME;
      return page(
        <SparePage ask={{ ...ask, seenAt: undefined }} codes={codes} done={words(lang).totp.done} next={next} />,
      );
    } catch (error) {
      if (error instanceof Conflict) return redirect(HOME);
      if (!(error instanceof Invalid)) throw error;
      const secret = await beginAuthenticator(house, citizen, now);
      return page(setupView(ask, secret, form.next ?? "", sentencesOf(error.faults, words(lang).faults)), error.status);
    }
  });
}

function switchOff(ask: Ask): Promise<Reply> {
  return guarded(HOME, async () => {
    await switchOffAuthenticator(ask.house, citizenFrom(ask), ask.now);
    return redirect(HOME, words(ask.lang).ways.switchedOff);
  });
}

function renewSpare(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  return guarded(HOME, async () => {
    try {
      const codes = await renewSpareCodes(house, citizenFrom(ask), { set: form.set ?? "", now });
      return page(
        <SparePage ask={{ ...ask, seenAt: undefined }} codes={codes} done={words(lang).totp.renewed} next={HOME} />,
      );
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return error.code === "codes_made_meanwhile" ? redirect(HOME, words(lang).ways.renewedMeanwhile) : redirect(HOME);
    }
  });
}

function dropPassword(ask: Ask): Promise<Reply> {
  const said = words(ask.lang).ways;
  return guarded(HOME, async () => {
    try {
      await dropOwnPassword(ask.house, citizenFrom(ask), ask.now);
    } catch (error) {
      if (!(error instanceof Conflict && error.code === "no_passkey")) throw error;
      return showWays(ask, [{ field: "passkey", text: said.noPasskey }], 409);
    }
    return redirect(HOME, said.dropped);
  });
}

function offer(ask: Ask): Reply {
  return page(<OfferPage ask={ask} next={nextPage(ask.query.next, "citizen")} />);
}

const own = { who: ["citizen"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...own, method: "GET", path: HOME, handle: (ask) => showWays(ask) }),
  pageRoute({ ...own, method: "GET", path: "/account/ways/offer", handle: offer }),
  pageRoute({ ...own, method: "GET", path: NEW, handle: showAdd }),
  pageRoute({ ...own, method: "POST", path: NEW, handle: add }),
  pageRoute({ ...own, method: "POST", path: `${NEW}/options`, handle: options }),
  pageRoute({ ...own, method: "GET", path: `${NEW}/:id`, handle: showOne }),
  pageRoute({ ...own, method: "POST", path: `${NEW}/:id/name`, handle: rename }),
  pageRoute({ ...own, method: "POST", path: `${NEW}/:id/removal`, handle: remove }),
  pageRoute({ ...own, method: "GET", path: SETUP, handle: showSetup }),
  pageRoute({ ...own, method: "POST", path: SETUP, rate: "guess", handle: switchOn }),
  pageRoute({ ...own, method: "POST", path: `${SETUP}/removal`, handle: switchOff }),
  // Of the page of codes in another language: the codes are not shown again.
  pageRoute({ ...own, method: "GET", path: `${SETUP}/spare`, handle: () => redirect(HOME) }),
  pageRoute({ ...own, method: "POST", path: `${SETUP}/spare`, handle: renewSpare }),
  pageRoute({ ...own, method: "POST", path: "/account/ways/password/removal", handle: dropPassword }),
];
