/** /app/card/pass: the signed code. /verify: whether a code is ours, for everybody who is shown one. */
import { noteLook } from "../audit/record.ts";
import { cardToShow } from "../card/rules.ts";
import { readCards } from "../card/store.ts";
import type { CardKey } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { NotFound } from "../kernel/failures.ts";
import { readerOf } from "../me/reader.ts";
import { policyOn } from "../policy/store.ts";
import { getPerson } from "../register/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import { PassPage } from "./pass-view.tsx";
import { passMinutes } from "./rules.ts";
import { signPass } from "./sign.ts";
import { verifyPass } from "./verify.ts";
import { VerifyPage } from "./verify-view.tsx";
import { words } from "./words.ts";

async function showPass(ask: Ask): Promise<Reply> {
  const { house, now } = ask;
  const [key] = keysOf(ask);
  const actor = readerOf(ask.actor);
  const person = await getPerson(house.db, actor.personId);
  const { cards = [] } = person.managedBy === "bhxh" ? await readCards(house.pool, actor.personId) : {};
  noteLook(house, { at: now, actor, action: "read_cards", purpose: "own_record", personId: actor.personId });
  const shown = cardToShow(cards, dayOf(now));
  if (shown?.state !== "valid") return page(<PassPage ask={ask} name={person.fullName} shown={undefined} />);
  const minutes = await policyOn(house.db, passMinutes, dayOf(now));
  const { token, until } = signPass(key, { card: shown.card, name: person.fullName, now, minutes });
  const text = `${house.settings.baseUrl}/verify#${token}`;
  return page(<PassPage ask={ask} name={person.fullName} shown={{ number: shown.card.number, text, until }} />);
}

/** Without keys nothing is signed, and there are no such pages. */
function keysOf({ house }: Ask): [CardKey, ...CardKey[]] {
  const [first, ...rest] = house.settings.cardKeys ?? [];
  if (!first) throw new NotFound("page");
  return [first, ...rest];
}

function showVerify(ask: Ask): Reply {
  keysOf(ask);
  return page(<VerifyPage ask={ask} />);
}

/** Without script: what was pasted is looked at here, by the clock of the server, and kept nowhere. */
async function verify(ask: Ask): Promise<Reply> {
  const keys = keysOf(ask).map(({ jwk }) => jwk);
  const { code = "" } = ask.form;
  if (!code.trim()) {
    return page(<VerifyPage ask={ask} faults={[{ field: "code", text: words(ask.lang).empty }]} />, 422);
  }
  return page(<VerifyPage ask={ask} code={code} found={await verifyPass(code, keys, ask.now.getTime())} />);
}

/** `at`: the server's clock, by which a phone sees that its own is wrong. */
function showKeys(ask: Ask): Reply {
  const keys = keysOf(ask).map(({ jwk }) => jwk);
  const bytes = JSON.stringify({ keys, at: ask.now.toISOString() });
  return { kind: "bytes", type: "application/json; charset=utf-8", bytes, cache: "private, no-store" };
}

const open = { who: ["anyone"], purpose: "none" } as const;

export const routes: Route[] = [
  pageRoute({ method: "GET", path: "/app/card/pass", who: ["citizen"], purpose: "own_record", handle: showPass }),
  pageRoute({ ...open, method: "GET", path: "/verify", usesWasm: true, handle: showVerify }),
  pageRoute({ ...open, method: "POST", path: "/verify", usesWasm: true, handle: verify }),
  pageRoute({ ...open, method: "GET", path: "/.well-known/vssid-card-keys.json", handle: showKeys }),
];
