import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { type IdentityProvider, startIdentityProvider } from "../../test/identity-provider.ts";
import { placesOf } from "../../test/places.ts";
import { enrolPerson, hoaNumbers } from "../account/account.fixture.ts";
import { visible } from "../account/browser.fixture.ts";
import { identify } from "../account/identify.ts";
import { proofsOf } from "../account/proof.ts";
import { setAccountStatus } from "../account/store.ts";
import { inTransaction } from "../db/transaction.ts";
import { keyOf, later, type Settled, signedInHoa } from "../factor/factor.fixture.ts";
import type { Citizen } from "../kernel/actor.ts";
import { anyone } from "../kernel/actor.ts";
import { finishEid, startEid } from "./sign-in-eid.ts";

const back = "http://127.0.0.1:8330/sign-in/eid/return";
const citizens = [
  { subject: "hoa", personalNumber: hoaNumbers.personalId, level: "2" },
  { subject: "hoa-low", personalNumber: hoaNumbers.personalId, level: "1" },
  { subject: "sen", personalNumber: "052190000124", level: "3" },
  { subject: "nobody", personalNumber: "052190009999", level: "3" },
];

let house: TestHouse;
let provider: IdentityProvider;
beforeAll(async () => {
  provider = await startIdentityProvider(back, citizens);
  const { issuer, clientId, clientSecret } = provider;
  const eid = {
    issuer,
    clientId,
    clientSecret,
    scope: "openid",
    numberClaim: "personal_number",
    levelClaim: "level",
    levels: ["1", "2", "3"],
    leastLevel: "2",
  };
  house = await openTestHouse({ settings: { eid } });
});
beforeEach(() => house.clean());
afterAll(async () => {
  await house.close();
  await provider.stop();
});

const now = () => house.clock.now();
const start = (boundTo = "browser", citizen?: Citizen) =>
  startEid(house, { boundTo, citizen, next: "/app", now: now() });

/** A browser at the provider: follows it, chooses who signs in, and answers the address to which it is sent back. */
async function signInThere(address: string, who: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let at = new URL(address);
  let body: string | undefined;
  for (let hop = 0; hop < 10; hop += 1) {
    const reply = await fetch(at, {
      redirect: "manual",
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(body ? { "content-type": "application/x-www-form-urlencoded" } : {}),
      },
      ...(body ? { method: "POST", body } : {}),
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    await reply.text();
    const to = reply.headers.get("location");
    body = to || body ? undefined : `who=${who}`;
    if (!to && !body) throw new Error(`the provider stopped at ${at.pathname}: ${reply.status}`);
    if (to) at = new URL(to, at);
    if (at.href.startsWith(back)) return at;
  }
  throw new Error("the provider never led back");
}

/** Hòa after a reset by SMS: her session is limited. */
async function limited({ personId, token }: Settled) {
  const until = new Date(now().getTime() + 72 * 3600_000);
  await house.pool.query("update account set limited_until = $1 where person_id = $2", [until, personId]);
  later(house, 4000);
  return { vssid_session: token };
}

const finish = (currentUrl: URL, boundTo = "browser", actor: Citizen | typeof anyone = anyone) =>
  finishEid(house, { currentUrl, bounds: [boundTo], actor, kind: "cookie", device: "", now: now() });

describe("sign-in with the national electronic identity", () => {
  it("opens the account of the person with that number, fully, and counts as two factors", async () => {
    const { personId } = await signedInHoa(house);
    const done = await finish(await signInThere(await start(), "hoa"));
    expect(done).toMatchObject({ next: "/app", opened: { personId, mustChange: undefined } });
    const actor = await identify(house, { cookie: done.opened?.token ?? "" });
    if (actor.kind !== "citizen") throw new Error("not signed in");
    expect(await proofsOf(house.db, actor, now())).toMatchObject({ isTwoFactor: true, proofs: ["eid"] });
    expect((await finish(await signInThere(await start(), "hoa"))).opened?.personId).toBe(personId);
  });

  it("asks for a code with PKCE S256, a state and a nonce, to one exact address", async () => {
    const address = new URL(await start());
    const asked = Object.fromEntries(address.searchParams);
    expect(asked).toMatchObject({
      redirect_uri: back,
      code_challenge_method: "S256",
      response_type: "code",
      scope: "openid",
    });
    for (const name of ["state", "nonce", "code_challenge"])
      expect(asked[name]?.length, name).toBeGreaterThanOrEqual(43);
    for (const name of ["state", "nonce"]) expect(await placesOf(house, asked[name] ?? ""), name).toEqual([]);
  });

  it("does not know who was identified too weakly, and who has no account is told to register", async () => {
    await signedInHoa(house);
    expect(await keyOf(finish(await signInThere(await start(), "hoa-low")))).toBe("eid_low");
    expect(await keyOf(finish(await signInThere(await start(), "nobody")))).toBe("eid_no_account");
    await enrolPerson(house, "Lê Thị Sen", "5221730950", "052190000124");
    expect(await keyOf(finish(await signInThere(await start(), "sen")))).toBe("eid_no_account");
  });

  it("says that an account is closed, and opens nothing", async () => {
    const { personId } = await signedInHoa(house);
    await inTransaction(house.db, (tx) => setAccountStatus(tx, personId, "closed"));
    expect(await keyOf(finish(await signInThere(await start(), "hoa")))).toBe("account_closed");
  });

  it("T15: a state that comes a second time, from another browser, too late or out of thin air is refused", async () => {
    await signedInHoa(house);
    const first = await signInThere(await start(), "hoa");
    expect(await keyOf(finish(first))).toBe("right");
    expect(await keyOf(finish(first)), "replayed").toBe("eid_refused");
    expect(await keyOf(finish(await signInThere(await start(), "hoa"), "another browser"))).toBe("eid_refused");
    const late = await signInThere(await start(), "hoa");
    later(house, 10 * 60_000);
    expect(await keyOf(finish(late))).toBe("eid_refused");
    expect(await keyOf(finish(new URL(`${back}?code=x&state=y`)))).toBe("eid_refused");
  });

  it("T15: one of twenty answers at the same moment opens a session", async () => {
    await signedInHoa(house);
    const address = await signInThere(await start(), "hoa");
    const said = await Promise.all(Array.from({ length: 20 }, () => keyOf(finish(address))));
    expect(said.filter((key) => key === "right")).toHaveLength(1);
  });

  it("T15: the code of one sign-in with the state of another has the wrong verifier and nonce, and is refused", async () => {
    await signedInHoa(house);
    const mine = await signInThere(await start(), "hoa");
    const theirs = await signInThere(await start(), "hoa");
    const mixed = new URL(theirs);
    mixed.searchParams.set("code", mine.searchParams.get("code") ?? "");
    expect(await keyOf(finish(mixed))).toBe("eid_refused");
    const other = new URL(await signInThere(await start(), "hoa"));
    other.searchParams.set("iss", "https://eid.example.com");
    expect(await keyOf(finish(other)), "from another issuer").toBe("eid_refused");
  });

  it("T15: an answer whose nonce is not the one that was asked for is refused", async () => {
    await signedInHoa(house);
    const address = new URL(await start());
    address.searchParams.set("nonce", "a nonce of somebody else, who planted this code");
    expect(await keyOf(finish(await signInThere(address.href, "hoa")))).toBe("eid_refused");
  });

  it("that was refused there is refused here", async () => {
    await signedInHoa(house);
    const state = new URL(await start()).searchParams.get("state");
    expect(await keyOf(finish(new URL(`${back}?error=access_denied&state=${state}`)))).toBe("eid_refused");
  });
});

describe("a proof by electronic identity inside a session", () => {
  it("counts for the person who is signed in, and for nobody else", async () => {
    const { citizen } = await signedInHoa(house);
    await finish(await signInThere(await start("browser", citizen), "hoa"), "browser", citizen);
    expect(await proofsOf(house.db, citizen, now())).toMatchObject({ isFresh: true, isTwoFactor: true });
    const other = await enrolPerson(house, "Lê Thị Sen", "5221730950", "052190000124");
    const { issueTo } = await import("../account/account.fixture.ts");
    await issueTo(house, other, "0977000111");
    expect(await keyOf(finish(await signInThere(await start("browser", citizen), "sen"), "browser", citizen))).toBe(
      "eid_other",
    );
    expect(await keyOf(finish(await signInThere(await start("browser", citizen), "hoa"), "browser"))).toBe("eid_other");
  });

  it("asks the person there anew, and takes no answer that does not say when that was", async () => {
    const { citizen } = await signedInHoa(house);
    const address = new URL(await start("browser", citizen));
    expect(Object.fromEntries(address.searchParams)).toMatchObject({ prompt: "login", max_age: "300" });
    address.searchParams.delete("prompt");
    address.searchParams.delete("max_age");
    expect(await keyOf(finish(await signInThere(address.href, "hoa"), "browser", citizen))).toBe("eid_refused");
    expect(await proofsOf(house.db, citizen, now())).toMatchObject({ isFresh: false });
  });

  it("an identity that belonged to one person opens no other's account", async () => {
    const { personId } = await signedInHoa(house);
    await finish(await signInThere(await start(), "hoa"));
    await house.db
      .updateTable("eid_link")
      .set({ person_id: String(Number(personId) + 1) })
      .execute();
    expect(await keyOf(finish(await signInThere(await start(), "hoa")))).toBe("eid_other");
  });
});

describe("the page before the provider's", () => {
  it("names the site, leads there by a link and lets the person stay; it sends nobody itself", async () => {
    const { host } = new URL(provider.issuer);
    const { statusCode, body } = await house.app.inject({ url: "/sign-in/eid?next=/app/visits" });
    expect(statusCode).toBe(200);
    expect(body).toContain(`<strong>${host}</strong>`);
    expect(body).toContain('href="/sign-in/eid/onward?next=%2Fapp%2Fvisits"');
    expect(body).toContain('href="/sign-in?next=%2Fapp%2Fvisits"');
    const gone = await house.app.inject({ url: "/sign-in/eid/onward?next=/app/visits" });
    expect(new URL(String(gone.headers.location)).host).toBe(host);
  });

  it("stands before whoever follows a link of another site, too", async () => {
    for (const site of ["cross-site", "same-site", "none"]) {
      const headers = { "sec-fetch-site": site };
      const { headers: sent } = await house.app.inject({ url: "/sign-in/eid/onward?next=/app", headers });
      expect(sent.location).toBe("/sign-in/eid?next=%2Fapp");
    }
    const headers = { "sec-fetch-site": "same-origin" };
    const { headers: sent } = await house.app.inject({ url: "/sign-in/eid/onward?next=/app", headers });
    expect(new URL(String(sent.location)).origin).toBe(new URL(provider.issuer).origin);
  });

  it("names it before a proof, too, and lets whoever is signed in stay at the other ways", async () => {
    const { token } = await signedInHoa(house);
    const cookies = { vssid_session: token };
    const { body } = await house.app.inject({ url: "/account/proof/eid?next=/account/contact", cookies });
    expect(body).toContain('href="/account/proof/eid/onward?next=%2Faccount%2Fcontact"');
    expect(body).toContain('href="/account/proof?next=%2Faccount%2Fcontact"');
  });

  it("lets whom a reset by SMS limits stay where the limit is lifted, also when the provider refuses", async () => {
    const cookies = await limited(await signedInHoa(house));
    const { body } = await house.app.inject({ url: "/account/proof/eid?next=/app/visits", cookies });
    expect(body).toContain('href="/account/proof?next=%2Fapp%2Fvisits&amp;lift=1"');
    const refused = await house.app.inject({ url: "/sign-in/eid/return?code=x&state=y", cookies });
    expect(refused.headers.location).toMatch(/^\/account\/proof\?.*&lift=1&why=eid_refused$/);
    const said = visible((await house.app.inject({ url: String(refused.headers.location), cookies })).body);
    expect(said).toContain("Mật khẩu vừa được đặt lại bằng tin nhắn.");
    expect(said).toContain("Định danh điện tử chưa xác nhận được.");
  });
});

/** The last of the file: nobody starts the provider again. */
describe("a provider that has stopped", () => {
  it("is said to be silent, on the way out and on the way back", async () => {
    const hoa = await signedInHoa(house);
    const address = await signInThere(await start(), "hoa");
    await provider.stop();
    expect(await keyOf(finish(address))).toBe("eid_down");
    later(house, 11 * 60_000);
    expect(await keyOf(start())).toBe("eid_down");
    const cookies = await limited(hoa);
    for (const url of ["/account/proof/eid?next=/app/visits", "/account/proof/eid/onward?next=/app/visits"]) {
      const { location } = (await house.app.inject({ url, cookies })).headers;
      expect(location).toBe("/account/proof?next=%2Fapp%2Fvisits&lift=1&why=eid_down");
      const lifting = visible((await house.app.inject({ url: String(location), cookies })).body);
      expect(lifting).toContain("Hệ thống định danh điện tử đang không trả lời. Hãy thử lại sau.");
      expect(lifting).not.toContain("Các cách khác");
    }
    for (const url of ["/sign-in/eid", "/sign-in/eid/onward"]) {
      expect((await house.app.inject({ url })).headers.location).toBe("/sign-in?next=%2Fapp&why=eid_down");
    }
    const page = await house.app.inject({ url: "/sign-in/eid" });
    const said = (await house.app.inject({ url: String(page.headers.location) })).body;
    expect(said).toContain("Các cách khác vẫn dùng được");
    expect(said).toContain('name="password"');
  });
});
