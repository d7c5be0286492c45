import { hkdfSync, randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deviceCookie, knownDevice, newDevice } from "../../src/account/marks.ts";
import { checkedCheckpoints, takeCheckpoint, witnessKeys } from "../../src/audit/checkpoint.ts";
import { record } from "../../src/audit/record.ts";
import { sealAudit } from "../../src/audit/seal.ts";
import { issueCode } from "../../src/codes/issue.ts";
import { proveCode } from "../../src/codes/prove.ts";
import { countOldSeals, resealOld } from "../../src/data-keys/reseal-old.ts";
import { inTransaction } from "../../src/db/transaction.ts";
import { behindWall } from "../../src/db/wall.ts";
import { readInvitation } from "../../src/drive/accept-invitation.ts";
import { aMember, aUnit } from "../../src/drive/drive.fixture.ts";
import { invite } from "../../src/drive/invite.ts";
import { linkSubject } from "../../src/eid/store.ts";
import { facilityBehind, issueToken } from "../../src/facility/token.ts";
import { spareMarks } from "../../src/factor/marks.ts";
import { proveTotp } from "../../src/factor/prove-totp.ts";
import { replaceSpareCodes } from "../../src/factor/store-totp.ts";
import { aParent, type Parent } from "../../src/guardian/guardian.fixture.ts";
import { confirmationTicket, readTicket } from "../../src/holder/confirmation-ticket.ts";
import { keepCard } from "../../src/kept-card/keep.ts";
import { mayKeep } from "../../src/kept-card/renew.ts";
import { anyone, type Staff } from "../../src/kernel/actor.ts";
import { enter, getByAddressee } from "../../src/letters/entry.ts";
import { addressee, aSentLetter, aStaff, OFFICE, secretTo, someUnits } from "../../src/letters/letters.fixture.ts";
import { receiptCodes } from "../../src/letters/marks.ts";
import { codeOfReceipt, remarkReceipts } from "../../src/letters/receipt-code.ts";
import { signReceipt } from "../../src/letters/sign.ts";
import { findReceipt } from "../../src/letters/store-receipts.ts";
import { addFacility } from "../../src/me/person.fixture.ts";
import { readerOf } from "../../src/me/reader.ts";
import { callbackUrl, readReply } from "../../src/notices/hooks.ts";
import { noticeOfToken, unsubscribeUrl } from "../../src/notices/unsubscribe.ts";
import { remarkEndpoints } from "../../src/push/remark-endpoints.ts";
import { devicesOf } from "../../src/push/store.ts";
import { subscribe } from "../../src/push/subscribe.ts";
import { aSubscription } from "../../src/push/subscription.fixture.ts";
import { drawFileCode, issuePass, readPass } from "../../src/registration/file-pass.ts";
import { staffSpareMarks } from "../../src/staff-factor/marks.ts";
import { proveStaffCode } from "../../src/staff-factor/prove-code.ts";
import { replaceStaffSpareCodes } from "../../src/staff-factor/store.ts";
import { checkStatement } from "../../src/statement/check.ts";
import { makeStatement } from "../../src/statement/make.ts";
import { sealWith } from "../../src/vault/cipher.ts";
import { formTokenFor, formTokensFor, isFormToken, isTokenOfRecord } from "../../src/web/form-token.ts";
import { hideTyped, withTyped } from "../../src/web/typed-query.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { type Processes, processesOf } from "../secrets.ts";
import { secretOfTests } from "../vault.ts";

/** Decision 70: each thing that hangs on the secret, made by one process and shown to another, in every step. */
let house: TestHouse;
let at: Processes;
let parent: Parent;
let other: Parent;
let sender: Staff;
let supervisor: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  at = processesOf(house);
  await addFacility(house.db);
  await someUnits(house);
  [parent, other] = [await aParent(house), await aParent(house)];
  sender = await aStaff(house, "supervisor", { officeCode: OFFICE });
  supervisor = (await aMember(house, "thu.bimat", { role: "supervisor", office: "52T01" })).actor;
  await aUnit(house, "BM1");
  const gateway = { kind: "gateway", name: "cong", weight: 1, receipts: true, gateway: "esms", key: "k" } as const;
  const replies = { phone: "from", text: "text" };
  house.settings.smsProviders = [{ ...gateway, secret: "s", url: "http://127.0.0.1:1/", replies }];
});
afterAll(() => house.close());

const now = () => house.clock.now();
const isDone = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  );

interface Kind<V = unknown> {
  name: string;
  /** It holds after a breach, because a row decides that nobody can make up. */
  outlivesBreach: boolean;
  make(by: TestHouse): Promise<V>;
  works(by: TestHouse, made: V): Promise<boolean>;
}

const kinds: Kind[] = [];
const kind = <V>(one: Kind<V>) => kinds.push(one as unknown as Kind);

kind({
  name: "the token of a form, also while acting for somebody",
  outlivesBreach: false,
  make: async ({ vault }) => formTokenFor(vault, "visitor", "7"),
  works: async ({ vault }, token) =>
    isFormToken(vault, "visitor", token) && isTokenOfRecord(vault, "visitor", token, "7"),
});
kind({
  name: "what somebody was looked for by, hidden in an address",
  outlivesBreach: false,
  make: async ({ vault }) => hideTyped({ house: { vault }, formToken: formTokenFor(vault, "visitor") }, "/a?q=052"),
  works: async ({ vault }, href) => {
    const typed = new URL(href, "http://own").searchParams.get("typed") ?? "";
    return withTyped(vault, formTokensFor(vault, "visitor"), { typed }).q === "052";
  },
});
kind({
  name: "a ticket that a browser keeps",
  outlivesBreach: false,
  make: async ({ vault }) => confirmationTicket(vault, "7", "ref", now()).value,
  works: async ({ vault }, ticket) => readTicket(vault, ticket, now())?.personId === "7",
});
kind({
  name: "the pass of a file",
  outlivesBreach: false,
  make: async ({ vault }) => issuePass(vault, drawFileCode(), now(), 3600),
  works: async ({ vault }, pass) => readPass(vault, pass, now()) !== undefined,
});
kind({
  name: "the cookie of a device",
  outlivesBreach: false,
  make: async (by) => deviceCookie(by, "person:7", newDevice()),
  works: async (by, cookie) => knownDevice(by, "person:7", cookie) === cookie.split(".")[0],
});
let drawn = 0;
const next = () => {
  drawn += 1;
  return drawn;
};
kind({
  name: "a one-time code",
  outlivesBreach: false,
  make: async (by) => {
    const no = next();
    const phone = `09${10_000_000 + no * 100_003}`;
    const about = { purpose: "confirm_phone", boundTo: `x${no}`, subject: `x${no}`, lang: "vi" } as const;
    const sent = await inTransaction(by.db, (tx) =>
      issueCode(tx, by, { ...about, channel: "sms", recipient: phone, now: now() }),
    );
    if (!sent) throw new Error("the budget is spent");
    return { ...about, codeId: sent.codeId, code: await secretTo(house, phone, "one_time_code", "code") };
  },
  works: (by, { codeId, code, purpose, boundTo }) =>
    isDone(proveCode(by, { codeId, code, purpose, boundTo, now: now() })),
});
kind({
  name: "a spare code",
  outlivesBreach: false,
  make: async (by) => {
    const marks = [spareMarks(by, parent.personId, "k7mq2-x9fhd")[0]];
    await inTransaction(by.db, (tx) => replaceSpareCodes(tx, parent.personId, marks));
    return "k7mq2-x9fhd";
  },
  works: (by, code) => isDone(proveTotp(by, parent.personId, code, now())),
});
kind({
  name: "a spare code of staff",
  outlivesBreach: false,
  make: async (by) => {
    const { staffId } = supervisor;
    const marks = [staffSpareMarks(by, staffId, "k7mq2-x9fhd")[0]];
    await inTransaction(by.db, (tx) => replaceStaffSpareCodes(tx, staffId, marks));
    return "k7mq2-x9fhd";
  },
  works: (by, code) => isDone(proveStaffCode(by, supervisor.staffId, code, now())),
});
kind({
  name: "the code of an invitation",
  outlivesBreach: false,
  make: async (by) => {
    const phone = `09${20_000_000 + next()}`;
    await invite(by, supervisor, "BM1", { name: "Phạm Đầu Mối", phone });
    return secretTo(house, phone, "unit_invitation", "invite");
  },
  works: (by, code) => isDone(readInvitation(by, code)),
});
kind({
  name: "the code that opens a letter",
  outlivesBreach: true,
  make: async (by) => {
    await aSentLetter(by, sender, { number: `${next()}/BM` });
    return secretTo(house, "0999900720", "letter_sent", "key");
  },
  works: (by, code) => isDone(enter(by, code, now())),
});
kind({ name: "the code of a printed receipt", outlivesBreach: true, make: signedReceipt, works: checksReceipt });
kind({
  name: "the check code of a paper",
  outlivesBreach: true,
  make: async (by) => {
    const wish = { kind: "participation", year: undefined, withPrivate: false } as const;
    return (await makeStatement(by, readerOf(parent.citizen), wish, { lang: "vi", now: now() })).code;
  },
  works: async (by, code) => (await checkStatement(by, { code }, now())).standing === "good",
});
kind({
  name: "whose an identity of the provider is",
  outlivesBreach: true,
  make: async (by) => {
    const subject = randomUUID();
    await inTransaction(by.db, (tx) =>
      linkSubject(tx, by.vault.everyMark("eid-subject", subject), parent.personId, now()),
    );
    return subject;
  },
  works: async (by, subject) =>
    !(await inTransaction(by.db, (tx) =>
      linkSubject(tx, by.vault.everyMark("eid-subject", subject), other.personId, now()),
    )),
});
kind({
  name: "the token of a facility",
  outlivesBreach: true,
  make: async (by) => (await issueToken(by, { facility: "79999", days: 30, label: "HIS" })).token,
  works: async (by, token) => (await facilityBehind(by, token)).kind === "facility",
});
kind({
  name: "the handle of a device that keeps the card",
  outlivesBreach: true,
  make: async (by) => (await keepHere(by)).handle,
  works: async (by, handle) => (await mayKeep(by, handle, now())).mayKeep,
});
kind({
  name: "whose device shows notices",
  outlivesBreach: true,
  make: (by) => switchedOn(by, parent),
  works: async (by, endpoint) => {
    await switchedOn(by, other, endpoint);
    return (await devicesOf(house.db, [parent.personId])).length === 0;
  },
});
kind({
  name: "the address that a gateway was given",
  outlivesBreach: false,
  make: async (by) => callbackUrl(by, "cong").split("/").at(-1) ?? "",
  works: async (by, token) => {
    const from = { provider: "cong", token };
    return isDone((async () => readReply(by, from, { from: "0912345678", text: "TC" }))());
  },
});
kind({
  name: "the link by which campaigns are refused",
  outlivesBreach: false,
  make: async (by) => unsubscribeUrl(by, "42").split("/").at(-1) ?? "",
  works: async (by, token) => noticeOfToken(by, token) === "42",
});
kind({
  name: "a line that the witness keeps",
  outlivesBreach: false,
  make: async (by) => {
    await record(house.db, { at: now(), actor: anyone, action: "sign_in", purpose: "account" });
    await sealAudit(house);
    return JSON.stringify(await takeCheckpoint(by));
  },
  works: async (by, line) => checkedCheckpoints(line, witnessKeys(by)).good.length === 1,
});

async function signedReceipt(by: TestHouse): Promise<string> {
  const letterId = await aSentLetter(by, sender, { number: `${next()}/BM` });
  const { addresseeId } = await addressee(by, letterId, /Trạm/);
  const form = { signer: "Trần Thị Nhận", position: "Văn thư", place: "Xã Mẫu Bình", drawing: strokes };
  await signReceipt(by, await getByAddressee(by, addresseeId), { form, way: "drawn", now: now() });
  const receipt = await findReceipt(house.db, addresseeId);
  if (!receipt) throw new Error("it was signed");
  return receiptCodes(by, receipt.digest)[0];
}
const strokes = "10,20 30,40 50,60 70,80;100,20 120,40 140,60 160,80";

async function checksReceipt(by: TestHouse, code: string): Promise<boolean> {
  const entered = await enter(by, code, now()).catch(() => undefined);
  return entered?.kind === "receipt" && entered.isUnchanged && (await codeOfReceipt(by, entered.receipt)) === code;
}

const keepHere = (by: TestHouse) =>
  behindWall([parent.personId], () => keepCard(by, parent.citizen, { lock: "pin", label: "Chrome", now: now() }));

async function switchedOn(
  by: TestHouse,
  who: Parent,
  endpoint = `https://fcm.googleapis.com/fcm/send/${randomUUID()}`,
) {
  await inTransaction(house.db, (tx) =>
    tx.deleteFrom("push_subscription").where("person_id", "=", who.personId).execute(),
  );
  await subscribe(by, who.citizen, { subscription: aSubscription(endpoint), label: "Chrome", now: now() });
  return endpoint;
}

describe("made under the old secret", () => {
  it.each(kinds.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    const { before, toldOfNew, newInFront, withoutOld, afterBreach } = at;
    expect(await one.works(before, await one.make(before)), "before").toBe(true);
    expect(await one.works(toldOfNew, await one.make(before)), "where the new one is known").toBe(true);
    expect(await one.works(newInFront, await one.make(before)), "where the new one is in front").toBe(true);
    expect(await one.works(withoutOld, await one.make(before)), "without the old one").toBe(false);
    expect(await one.works(afterBreach, await one.make(before)), "after a breach").toBe(one.outlivesBreach);
  });
});

describe("made under the new secret", () => {
  it.each(kinds.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    const { before, toldOfNew, newInFront, withoutOld } = at;
    expect(await one.works(toldOfNew, await one.make(newInFront)), "where the old one is in front").toBe(true);
    expect(await one.works(newInFront, await one.make(toldOfNew)), "the other way round").toBe(true);
    expect(await one.works(withoutOld, await one.make(newInFront)), "without the old one").toBe(true);
    expect(await one.works(before, await one.make(newInFront)), "where nobody was told of it").toBe(false);
  });
});

describe("what is in hand or sealed is marked anew, and outlives the old secret", () => {
  it("an identity of the provider at its next sign-in, also back at a process with the old one in front", async () => {
    const subject = randomUUID();
    const link = (by: TestHouse, who: Parent) =>
      inTransaction(by.db, (tx) => linkSubject(tx, by.vault.everyMark("eid-subject", subject), who.personId, now()));
    for (const by of [at.before, at.newInFront, at.toldOfNew, at.newInFront]) expect(await link(by, parent)).toBe(true);
    expect([await link(at.withoutOld, other), await link(at.withoutOld, parent)]).toEqual([false, true]);
  });

  it("the handle of a kept card at its next contact", async () => {
    const { handle } = await keepHere(at.before);
    const anew = (await mayKeep(at.newInFront, handle, now())).handle ?? "";
    expect((await mayKeep(at.withoutOld, handle, now())).mayKeep).toBe(false);
    expect(await mayKeep(at.withoutOld, anew, now())).toMatchObject({ mayKeep: true, handle: undefined });
  });

  it("addresses of devices and codes of receipts by the command, and a second time there is nothing to do", async () => {
    const endpoint = await switchedOn(at.before, parent);
    const code = await signedReceipt(at.before);
    expect((await remarkEndpoints(at.newInFront)).done).toBeGreaterThan(0);
    expect((await remarkReceipts(at.newInFront)).done).toBeGreaterThan(0);
    expect([(await remarkEndpoints(at.newInFront)).done, (await remarkReceipts(at.newInFront)).done]).toEqual([0, 0]);
    await switchedOn(at.withoutOld, other, endpoint);
    expect(await devicesOf(house.db, [parent.personId])).toEqual([]);
    expect(await checksReceipt(at.withoutOld, code)).toBe(true);
  });

  it("what was sealed before there were data keys, signed rows too; what no known secret opens is left and counted", async () => {
    const code = await signedReceipt(at.before);
    const lost = Buffer.alloc(60, 1);
    await asOwner(async (owner) => {
      const { rows } = await owner.query("select addressee_id as id, sealed_drawing as sealed from letter_receipt");
      for (const { id, sealed } of rows) {
        const drawing = house.vault.open("letter-signature", sealed, id);
        await owner.query("update letter_receipt set sealed_drawing = $1 where addressee_id = $2", [
          oldSeal("letter-signature", drawing, id),
          id,
        ]);
      }
    });
    await switchedOn(at.before, other);
    await asOwner((owner) =>
      owner.query("update push_subscription set sealed_subscription = $1 where person_id = $2", [lost, other.personId]),
    );
    expect(await checksReceipt(at.newInFront, code)).toBe(true);
    await expect(enter(at.withoutOld, code, now())).rejects.toThrow();
    const before = await countOldSeals(house.db);
    const resealed = await resealOld(at.afterBreach);
    expect([resealed.done, resealed.lost, await countOldSeals(house.db)]).toEqual([before - 1, 1, 1]);
    await asOwner((owner) => owner.query("delete from push_subscription where person_id = $1", [other.personId]));
    await remarkReceipts(at.newInFront);
    expect(await checksReceipt(at.withoutOld, code)).toBe(true);
  });
});

/** As the old secret sealed it itself. */
function oldSeal(purpose: string, plain: Buffer, context: string): Buffer {
  const { bytes, keyId } = secretOfTests(7);
  return sealWith(Buffer.from(hkdfSync("sha256", bytes, keyId, purpose, 32)), plain, context);
}

async function asOwner(work: (owner: pg.Client) => Promise<unknown>): Promise<void> {
  const owner = new pg.Client(house.connection);
  await owner.connect();
  await work(owner);
  await owner.end();
}
