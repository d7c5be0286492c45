import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { citizenOf, enter, hoaNumbers, secondChoice } from "../account/account.fixture.ts";
import { browserOn, visible } from "../account/browser.fixture.ts";
import { proveByPassword, raise } from "../account/proof.ts";
import { registry } from "../app.ts";
import { OF_CARE } from "../dispute/rules.ts";
import { stopOwnAccount } from "../holder/end-account.ts";
import { formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import { addAcceptedFile, addFacility, addVisit } from "../me/person.fixture.ts";
import { askRequest } from "../rights/ask-request.ts";
import { exportOwn } from "../rights/export.ts";
import { RIGHTS } from "../rights/rules.ts";
import { beginAuthenticator, renewSpareCodes, switchOffAuthenticator, switchOnAuthenticator } from "./authenticator.ts";
import type { Device } from "./device.fixture.ts";
import {
  giveHerAuthenticator,
  giveHerPasskey,
  keyOf,
  later,
  newDevice,
  provedHoa,
  resetBySms,
} from "./factor.fixture.ts";
import { askForNewPasskey, askForPasskey, relyingParty } from "./passkey-ask.ts";
import { proveAgainByPasskey, signInByPasskey } from "./passkey-proof.ts";
import { addPasskey, dropOwnPassword, removePasskey } from "./passkeys.ts";
import { passkeysOf } from "./store.ts";

/** T17: whoever holds the SIM alone has set the password again, signed in and proved it once more. */

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const now = () => house.clock.now();

const asks = (token: string) => ({ headers: { authorization: `Bearer ${token}`, "accept-language": "vi" } });

describe("T17 a session after a reset by SMS alone", () => {
  it("leaves no passkey behind, takes none away and drops no password", async () => {
    const { citizen: owner, personId } = await provedHoa(house);
    await giveHerPasskey(house, owner, newDevice(house));
    const [hers] = await passkeysOf(house.db, personId);
    const { citizen } = await resetBySms(house);
    const answer = { response: "{}", name: "Máy lạ", boundTo: "browser", lang: "vi", now: now() } as const;
    const credentialId = hers?.credential_id.toString("base64url") ?? "";
    const said = [
      await keyOf(askForNewPasskey(house, citizen, "browser", now())),
      await keyOf(addPasskey(house, citizen, answer)),
      await keyOf(removePasskey(house, citizen, { credentialId, now: now() })),
      await keyOf(dropOwnPassword(house, citizen, now())),
    ];
    expect(new Set(said)).toEqual(new Set(["limited_after_reset"]));
    expect(await passkeysOf(house.db, personId)).toHaveLength(1);
  });

  it("switches no authenticator on or off, and makes no spare codes", async () => {
    await provedHoa(house);
    const { citizen } = await resetBySms(house);
    const said = [
      await keyOf(beginAuthenticator(house, citizen, now())),
      await keyOf(switchOnAuthenticator(house, citizen, { code: "123456", now: now() })),
      await keyOf(switchOffAuthenticator(house, citizen, now())),
      await keyOf(renewSpareCodes(house, citizen, { set: "", now: now() })),
    ];
    expect(new Set(said)).toEqual(new Set(["limited_after_reset"]));
  });

  it("closes no account", async () => {
    await provedHoa(house);
    const { citizen } = await resetBySms(house);
    expect(await keyOf(stopOwnAccount(house, citizen, "vi", now()))).toBe("limited_after_reset");
  });

  it("asks for no right over the data: neither that they are erased nor any other", async () => {
    const { personId } = await provedHoa(house);
    await house.pool.query(
      `insert into declaration (code, status, office_code, person_id, created_at, decided_at)
       values ('BD-TEST-0001', 'accepted', '52T01', $1, $2, $2)`,
      [personId, now()],
    );
    const { citizen } = await resetBySms(house);
    for (const kind of RIGHTS) {
      const asked = { kind, says: "Tôi ra nước ngoài ở", agree: true };
      expect(await keyOf(askRequest(house, citizen, asked, now())), kind).toBe("limited_after_reset");
    }
    expect(await house.db.selectFrom("data_request").select("request_id").execute()).toEqual([]);
  });

  it("may do all that again after 72 hours", async () => {
    await provedHoa(house);
    const { citizen: limited } = await resetBySms(house);
    later(house, (limited.limitedUntil?.getTime() ?? 0) - now().getTime());
    const { token } = await enter(house, hoaNumbers.insurance, secondChoice);
    const citizen = await citizenOf(house, token);
    await proveByPassword(house, citizen, secondChoice, now());
    expect(await keyOf(giveHerPasskey(house, citizen, newDevice(house)))).toBe("right");
    expect(await keyOf(giveHerAuthenticator(house, citizen))).toBe("right");
    expect(await keyOf(stopOwnAccount(house, citizen, "vi", now()))).toBe("right");
  });

  it("is told on each of those pages until when, before anything is asked for", async () => {
    await provedHoa(house);
    const { citizen, token } = await resetBySms(house);
    const until = formatInstant(citizen.limitedUntil ?? new Date(0), "vi");
    const cookies = { vssid_session: token };
    for (const url of ["/account/ways/passkeys", "/account/ways/authenticator", "/account/stop"]) {
      const { statusCode, body } = await house.app.inject({ url, cookies });
      expect([url, statusCode]).toEqual([url, 403]);
      expect(visible(body)).toContain(`Đến ${until}`);
      expect(visible(body)).toContain("cách đăng nhập");
      expect(body).toContain(`next=${encodeURIComponent(url)}&amp;lift=1`);
    }
  });

  it("leads back from a form to a page that is there", async () => {
    await provedHoa(house);
    const { token } = await resetBySms(house);
    const browser = browserOn(() => house.app);
    browser.cookies.set("vssid_session", token);
    const refused = await browser.fill("/account/devices", {}, "/account/ways/passkeys");
    expect(refused.statusCode).toBe(403);
    expect(refused.body).toContain("next=%2Fapp&amp;lift=1");
  });
});

describe("T17 what a session reads after a reset by SMS alone", () => {
  const whole = (path: string) => path.replaceAll(/:\w+|\{\w+\}/g, "00000000-0000-4000-8000-000000000000");

  it("is nothing of health, at any address of one's own record, and no copy of everything", async () => {
    const { personId } = await provedHoa(house);
    await addFacility(house.db);
    await addVisit(house.db, personId, "2026-05-02 08:00:00");
    const { citizen, token } = await resetBySms(house);
    const closed = registry.filter(({ purpose, sensitive }) => purpose === "own_record" && sensitive);
    expect(closed.length).toBeGreaterThan(12);
    for (const { method, path } of closed) {
      const { statusCode, body } = await house.app.inject({ method, url: whole(path), ...asks(token) });
      expect([path, statusCode]).toEqual([path, 403]);
      expect(visible(body)).toMatch(/limited_after_reset|Việc này tạm chưa làm được/);
    }
    expect(await keyOf(exportOwn(house, citizen, { now: now(), as: "json" }))).toBe("limited_after_reset");
    for (const url of ["/account/data/copy", "/account/data/file", "/api/v1/me/export"]) {
      expect((await house.app.inject({ url, ...asks(token) })).statusCode).toBe(403);
    }
  });

  it("is not told by a report either: of care nothing is reported as wrong, and of contributions it is", async () => {
    const { personId } = await provedHoa(house);
    await addFacility(house.db);
    const id = await addVisit(house.db, personId, "2026-05-02 08:00:00");
    await addAcceptedFile(house, personId, "52T01");
    const { token } = await resetBySms(house);
    const report = (payload: object) =>
      house.app.inject({ method: "POST", url: "/api/v1/me/disputes", ...asks(token), payload });
    for (const kind of OF_CARE) {
      const answer = await report({ kind: "not_mine", fact: { kind, id } });
      expect([kind, answer.statusCode, answer.json().code]).toEqual([kind, 403, "limited_after_reset"]);
    }
    const own = await report({ kind: "missing", fact: { kind: "participation", id: "bhxh" }, says: "Thiếu tháng 4." });
    expect(own.statusCode).toBe(201);
  });

  it("is the card and the participation all the same; the page at home leaves the visits out", async () => {
    const { personId, token: before } = await provedHoa(house);
    await addFacility(house.db);
    await addVisit(house.db, personId, "2026-05-02 08:00:00");
    const home = async (token: string) => (await house.app.inject({ url: "/app", ...asks(token) })).body;
    const day = formatDay(plainDate("2026-05-02"), "vi");
    expect(await home(before)).toContain(day);
    const { token } = await resetBySms(house);
    for (const url of ["/app", "/app/card", "/app/participation", "/app/benefits", "/app/inbox"]) {
      expect((await house.app.inject({ url, ...asks(token) })).statusCode).toBe(200);
    }
    const shown = await home(token);
    expect(shown).not.toContain(day);
    expect(shown).toContain('href="/account/proof?next=%2Fapp&amp;lift=1"');
  });
});

describe("T17 what opens an account that a reset by SMS alone has limited", () => {
  const signed = async (device: Device, purpose: "sign_in" | "prove") =>
    device.sign(await askForPasskey(house, { purpose, boundTo: "browser", now: now() }));
  const isLimited = async (token: string) => (await citizenOf(house, token)).limitedUntil !== undefined;

  async function withPasskey() {
    const settled = await provedHoa(house);
    const device = newDevice(house);
    await giveHerPasskey(house, settled.citizen, device);
    return { ...settled, device };
  }

  it("is a passkey from before, shown where the new password was typed: for the whole account, and on record", async () => {
    const { device } = await withPasskey();
    const { citizen, token } = await resetBySms(house);
    const response = await signed(device, "prove");
    await proveAgainByPasskey(house, citizen, { response, boundTo: "browser", now: now() });
    later(house, 4000);
    expect(await isLimited(token)).toBe(false);
    expect((await house.app.inject({ url: "/app/visits", ...asks(token) })).statusCode).toBe(200);
    expect(await isLimited((await enter(house, hoaNumbers.insurance, secondChoice)).token)).toBe(false);
    const rows = await house.db
      .selectFrom("audit_event")
      .select("action")
      .where("action", "=", "limit_lifted")
      .execute();
    expect(rows).toHaveLength(1);
  });

  it("is the electronic identity in the same way, and no second code to the SIM", async () => {
    await provedHoa(house);
    const { citizen, token } = await resetBySms(house);
    await raise(house.db, citizen, "code", now());
    later(house, 4000);
    expect(await isLimited(token)).toBe(true);
    await raise(house.db, citizen, "eid", now());
    later(house, 4000);
    expect(await isLimited(token)).toBe(false);
  });

  it("is no sign-in of the owner by passkey: that one session is hers, the thief's stays limited", async () => {
    const { device } = await withPasskey();
    const { token: thief } = await resetBySms(house);
    const response = await signed(device, "sign_in");
    const arrival = { kind: "cookie", device: "", now: now() } as const;
    const { token: owner } = await signInByPasskey(house, { response, boundTo: "browser", ...arrival });
    expect([await isLimited(owner), await isLimited(thief)]).toEqual([false, true]);
    const again = await signed(device, "prove");
    await proveAgainByPasskey(house, await citizenOf(house, owner), {
      response: again,
      boundTo: "browser",
      now: now(),
    });
    later(house, 4000);
    expect([await isLimited(owner), await isLimited(thief)]).toEqual([false, true]);
    expect(await isLimited((await enter(house, hoaNumbers.insurance, secondChoice)).token)).toBe(true);
  });

  it("is offered on the page of another proof, and nothing there that a stolen SIM brings", async () => {
    await withPasskey();
    const { token } = await resetBySms(house);
    const headers = { ...asks(token).headers, host: new URL(relyingParty(house).origin).host };
    const { statusCode, body } = await house.app.inject({ url: "/account/proof?next=%2Fapp%2Fvisits&lift=1", headers });
    const offered = [...body.matchAll(/action="\/account\/proof\/(\w+)"/g)].map(([, way]) => way);
    expect([statusCode, offered]).toEqual([200, ["passkey"]]);
    expect(body).toContain('name="lift" value="1"');
  });
});
