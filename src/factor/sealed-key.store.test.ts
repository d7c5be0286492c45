import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Citizen } from "../kernel/actor.ts";
import { formTokenFor } from "../web/form-token.ts";
import { Device } from "./device.fixture.ts";
import { giveHerPasskey, keyOf, newDevice, provedHoa, putPasskey } from "./factor.fixture.ts";
import { askForPasskey, relyingParty } from "./passkey-ask.ts";
import { proveAgainByPasskey, signInByPasskey } from "./passkey-proof.ts";
import { dropOwnPassword, removePasskey } from "./passkeys.ts";
import { sealKey } from "./sealed-key.ts";
import { passkeysOf } from "./store.ts";

/** Decision 76: whoever may write in the table signs in by nothing that they put there. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const now = () => house.clock.now();

async function signIn(device: Device): Promise<string> {
  const boundTo = "browser";
  const asked = await askForPasskey(house, { purpose: "sign_in", boundTo, now: now() });
  return keyOf(
    signInByPasskey(house, { response: device.sign(asked), boundTo, kind: "cookie", device: "", now: now() }),
  );
}

async function prove(citizen: Citizen, device: Device): Promise<string> {
  const { personId } = citizen;
  const asked = await askForPasskey(house, { purpose: "prove", boundTo: "s", personId, now: now() });
  return keyOf(proveAgainByPasskey(house, citizen, { response: device.sign(asked), boundTo: "s", now: now() }));
}

/** As a browser posts it: status, where to, and what the page there says. */
async function posted(device: Device) {
  const visitor = randomUUID();
  const post = (url: string, fields: Record<string, string>) =>
    house.app.inject({
      method: "POST",
      url,
      cookies: { vssid_visitor: visitor },
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ _token: formTokenFor(house.vault, visitor), ...fields }).toString(),
    });
  const asked = (await post("/sign-in/passkey/options", {})).json();
  const { statusCode, headers, body, cookies } = await post("/sign-in/passkey", { response: device.sign(asked) });
  return { statusCode, to: headers.location, body, cookies: cookies.map(({ name }) => name) };
}

async function withPasskey() {
  const { citizen, personId } = await provedHoa(house);
  const own = newDevice(house);
  await giveHerPasskey(house, citizen, own);
  return { citizen, personId, own };
}

interface Planted {
  /** Whose the attacker wants to be, with a passkey of their own. */
  personId: string;
  own: Device;
  /** The attacker's. */
  theirs: Device;
}

const seal = (ownerId: string, credentialId: Buffer, key: Buffer) =>
  sealKey(house, { kind: "passkey", ownerId, credentialId }, key);

const planted: readonly (readonly [string, (of: Planted) => Buffer | null])[] = [
  ["no seal at all", () => null],
  ["bytes that are no seal", () => Buffer.from("VSK1 and nothing that anybody sealed, however long it is")],
  ["the seal of another person's passkey", ({ theirs }) => seal("4711", theirs.id, theirs.publicKey)],
  [
    "the seal of another passkey of the same person",
    ({ personId, own, theirs }) => seal(personId, own.id, theirs.publicKey),
  ],
  [
    "a seal of the table of staff, for the same words",
    ({ personId, theirs }) =>
      house.vault.seal("staff-passkey", theirs.publicKey, `person:${personId}:${theirs.id.toString("base64url")}`),
  ],
  [
    "the seal of a seed for the same words",
    ({ personId, theirs }) =>
      house.vault.seal("authenticator", theirs.publicKey, `person:${personId}:${theirs.id.toString("base64url")}`),
  ],
];

describe("a passkey put into the table", () => {
  it.each(planted)("with %s signs nobody in and proves nothing, as one that nobody knows", async (_, sealedFor) => {
    const { citizen, personId, own } = await withPasskey();
    const [theirs, unknown] = [newDevice(house), newDevice(house)];
    await putPasskey(house, personId, theirs, sealedFor({ personId, own, theirs }));
    const warned = vi.spyOn(house.log, "warn").mockImplementation(() => undefined);
    expect([await signIn(theirs), await prove(citizen, theirs)]).toEqual(["passkey_unknown", "passkey_unknown"]);
    expect([await signIn(unknown), await prove(citizen, unknown)]).toEqual(["passkey_unknown", "passkey_unknown"]);
    expect(await posted(theirs)).toEqual(await posted(unknown));
    const told = warned.mock.calls;
    warned.mockRestore();
    const line = [{ kind: "passkey" }, "the key of a passkey was not sealed here: it signs nobody in"];
    expect(told).toEqual([line, line, line]);
    expect([await signIn(own), await prove(citizen, own)]).toEqual(["right", "right"]);
  });

  it("in the place of the owner's key judges no answer: the owner's own does", async () => {
    const { personId, own } = await withPasskey();
    const { id: rpId, origin } = relyingParty(house);
    const theirs = new Device({ rpId, origin, id: own.id });
    theirs.counter = 7;
    await house.pool.query("update passkey set public_key = $1 where person_id = $2", [theirs.publicKey, personId]);
    expect(await signIn(theirs)).toBe("passkey_unknown");
    expect(await signIn(own)).toBe("right");
    await house.pool.query("update passkey set sealed_key = null where person_id = $1", [personId]);
    expect([await signIn(theirs), await signIn(own)]).toEqual(["passkey_unknown", "passkey_unknown"]);
  });

  it("is not the passkey that may stay alone", async () => {
    const { citizen, personId, own } = await withPasskey();
    await putPasskey(house, personId, newDevice(house));
    await dropOwnPassword(house, citizen, now());
    const credentialId = own.id.toString("base64url");
    expect(await keyOf(removePasskey(house, citizen, { credentialId, now: now() }))).toBe("last_passkey");
    expect(await passkeysOf(house.db, personId)).toHaveLength(2);
  });

  it("is not enough to drop the password", async () => {
    const { citizen, personId } = await provedHoa(house);
    await putPasskey(house, personId, newDevice(house));
    expect(await keyOf(dropOwnPassword(house, citizen, now()))).toBe("no_passkey");
  });
});
