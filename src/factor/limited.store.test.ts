import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { citizenOf, enter, hoaNumbers, lastCode, secondChoice } from "../account/account.fixture.ts";
import { visible } from "../account/browser.fixture.ts";
import { proveByPassword } from "../account/proof.ts";
import { recover } from "../account/recover.ts";
import { requestRecovery } from "../account/request-recovery.ts";
import { stopOwnAccount } from "../holder/end-account.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { beginAuthenticator, renewSpareCodes, switchOffAuthenticator, switchOnAuthenticator } from "./authenticator.ts";
import { giveHerAuthenticator, giveHerPasskey, keyOf, later, newDevice, provedHoa } from "./factor.fixture.ts";
import { askForNewPasskey } from "./passkey-ask.ts";
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

async function resetBySms() {
  const asked = { login: hoaNumbers.insurance, channel: "sms", lang: "vi", now: now() } as const;
  const { requestId } = await requestRecovery(house, asked);
  const code = await lastCode(house);
  await recover(house, { requestId, code, newPassword: secondChoice, lang: "vi", now: now() });
  const { token } = await enter(house, hoaNumbers.insurance, secondChoice);
  const citizen = await citizenOf(house, token);
  await proveByPassword(house, citizen, secondChoice, now());
  return { citizen, token };
}

describe("T17 a session after a reset by SMS alone", () => {
  it("leaves no passkey behind, takes none away and drops no password", async () => {
    const { citizen: owner, personId } = await provedHoa(house);
    await giveHerPasskey(house, owner, newDevice(house));
    const [hers] = await passkeysOf(house.db, personId);
    const { citizen } = await resetBySms();
    const answer = { response: "{}", name: "Máy lạ", boundTo: "browser", lang: "vi", now: now() } as const;
    const credentialId = hers?.credential_id.toString("base64url") ?? "";
    const said = [
      await keyOf(askForNewPasskey(house, citizen, "browser", now())),
      await keyOf(addPasskey(house, citizen, answer)),
      await keyOf(removePasskey(house, citizen, { credentialId, lang: "vi", now: now() })),
      await keyOf(dropOwnPassword(house, citizen, "vi", now())),
    ];
    expect(new Set(said)).toEqual(new Set(["limited_after_reset"]));
    expect(await passkeysOf(house.db, personId)).toHaveLength(1);
  });

  it("switches no authenticator on or off, and makes no spare codes", async () => {
    await provedHoa(house);
    const { citizen } = await resetBySms();
    const said = [
      await keyOf(beginAuthenticator(house, citizen, now())),
      await keyOf(switchOnAuthenticator(house, citizen, { code: "123456", lang: "vi", now: now() })),
      await keyOf(switchOffAuthenticator(house, citizen, "vi", now())),
      await keyOf(renewSpareCodes(house, citizen, { set: "", lang: "vi", now: now() })),
    ];
    expect(new Set(said)).toEqual(new Set(["limited_after_reset"]));
  });

  it("closes no account", async () => {
    await provedHoa(house);
    const { citizen } = await resetBySms();
    expect(await keyOf(stopOwnAccount(house, citizen, "vi", now()))).toBe("limited_after_reset");
  });

  it("may do all that again after 72 hours", async () => {
    await provedHoa(house);
    const { citizen: limited } = await resetBySms();
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
    const { citizen, token } = await resetBySms();
    const until = formatInstant(citizen.limitedUntil ?? new Date(0), "vi");
    const cookies = { vssid_session: token };
    for (const url of ["/account/ways/passkeys", "/account/ways/authenticator", "/account/stop"]) {
      const { statusCode, body } = await house.app.inject({ url, cookies });
      expect([url, statusCode]).toEqual([url, 403]);
      expect(visible(body)).toContain(`Đến ${until}`);
      expect(visible(body)).toContain("cách đăng nhập");
    }
  });
});
