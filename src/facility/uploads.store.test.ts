import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { placesOf } from "../../test/places.ts";
import { dossier, envelope, sampleBytes, sampleWith } from "../../test/samples/envelope.ts";
import { certificates } from "../../test/samples/signing.ts";
import { importPersons } from "../intake/import-persons.ts";
import { TooLarge } from "../kernel/failures.ts";
import { setPolicy } from "../policy/set.ts";
import { endTrust, trust } from "./certificate.ts";
import { receiveUpload } from "./receive-upload.ts";
import { uploadMegabytes } from "./rules.ts";
import { forgetOld, takeUploads } from "./take-uploads.ts";
import { facilityBehind, issueToken, stopToken } from "./token.ts";

let house: TestHouse;
let token: string;
let tokenId: string;

beforeAll(async () => {
  house = await openTestHouse();
  const people =
    "full_name,birth,sex,personal_id,insurance_number\nNguyễn Văn Mẫu,15/01/1990,1,099199000001,0000000012";
  await importPersons(house, { name: "people.csv", bytes: Buffer.from(people) });
  ({ token, tokenId } = await issueToken(house, { facility: "79999", days: 30, label: "HIS thử" }));
});
afterAll(() => house.close());

const send = (payload: Buffer | string, bearer = token) =>
  house.app.inject({
    method: "POST",
    url: "/api/v1/facility/uploads",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/xml" },
    payload,
  });
const ask = (path: string, bearer = token, lang = "en") =>
  house.app.inject({
    url: `/api/v1/facility/uploads/${path}`,
    headers: { authorization: `Bearer ${bearer}`, "accept-language": lang },
  });
const filesLeft = () => readdir(join(house.settings.dataDir, "uploads"));

describe("a facility's token", () => {
  test("is kept as a hash alone, and opens nothing but the uploads of its facility", async () => {
    for (const secret of [token, token.split(".").at(-1) ?? ""]) expect(await placesOf(house, secret)).toEqual([]);
    for (const url of ["/api/v1/me/visits", "/api/v1/me"]) {
      const { statusCode } = await house.app.inject({ url, headers: { authorization: `Bearer ${token}` } });
      expect(statusCode).toBe(403);
    }
  });

  test("with one sign changed, for another facility, or of another day is nobody's", async () => {
    const other = token.slice(0, -1) + (token.endsWith("A") ? "B" : "A");
    for (const forged of [
      other,
      token.replace("79999", "79998"),
      token.replace(/\.(\d{8})\./, ".20991231."),
      "vf1.x",
    ]) {
      expect(await facilityBehind(house, forged), forged).toEqual({ kind: "anyone" });
      expect((await send("<x/>", forged)).statusCode).toBe(401);
    }
  });

  test("ends on its last day, and at once when it is stopped", async () => {
    const short = await issueToken(house, { facility: "79999", days: 1, label: "một ngày" });
    expect(await facilityBehind(house, short.token)).toMatchObject({ kind: "facility", facilityCode: "79999" });
    const before = house.clock.now();
    house.clock.moveTo(new Date(before.getTime() + 2 * 86_400_000));
    expect(await facilityBehind(house, short.token)).toEqual({ kind: "anyone" });
    house.clock.moveTo(before);
    await stopToken(house, short.tokenId);
    expect(await facilityBehind(house, short.token)).toEqual({ kind: "anyone" });
    await expect(stopToken(house, short.tokenId)).rejects.toThrow("not_found");
    expect(tokenId).not.toBe(short.tokenId);
  });

  test("is asked for with a facility, some days and a label", async () => {
    await expect(issueToken(house, { facility: "7", days: 0, label: " " })).rejects.toMatchObject({
      faults: [{ key: "facility_code" }, { key: "days_range" }, { key: "label_missing" }],
    });
  });
});

describe("a file that a facility sends", () => {
  test("is answered with its hash, imported, counted, and leaves no copy behind", async () => {
    const reply = await send(sampleBytes);
    expect(reply.statusCode).toBe(202);
    const receipt = reply.json();
    const sha256 = createHash("sha256").update(sampleBytes).digest("hex");
    expect(receipt).toMatchObject({ sha256, bytes: sampleBytes.length, state: "waiting" });
    expect((await ask(receipt.id)).json()).toMatchObject({ state: "waiting", counts: null, rejects: null });
    expect(await readFile(join(house.settings.dataDir, "uploads", `${receipt.id}.xml`))).toEqual(sampleBytes);
    expect(await takeUploads(house)).toBe(1);
    expect((await ask(receipt.id)).json()).toMatchObject({
      state: "taken",
      counts: { taken: 1, unchanged: 0, rejected: 0, flagged: 0 },
      refusal: null,
    });
    expect(await filesLeft()).toEqual([]);
    expect((await house.pool.query("select count(*)::integer as n from visit")).rows).toEqual([{ n: 1 }]);
  });

  test("may hold claims of its own facility only; the others are rejected by name, as CSV", async () => {
    const foreign = dossier(sampleWith({ "XML1.MA_CSKCB": "79998", "*.MA_LK": "x1" }));
    const { id } = (await send(envelope([foreign, dossier(sampleWith({ "*.MA_LK": "x2" }))]))).json();
    await takeUploads(house);
    const told = (await ask(id)).json();
    expect(told).toMatchObject({ state: "taken", counts: { taken: 1, rejected: 1 } });
    const csv = await house.app.inject({
      url: told.rejects,
      headers: { authorization: `Bearer ${token}`, "accept-language": "en" },
    });
    expect(csv.headers["content-type"]).toContain("text/csv");
    expect(csv.body.split("\r\n")[1]).toBe(
      `${id}.xml,1,4,XML1.MA_CSKCB,other_facility,The claim belongs to another facility than the one that sends.`,
    );
    const stranger = await issueToken(house, { facility: "79998", days: 30, label: "khác" });
    expect((await ask(id, stranger.token)).statusCode).toBe(404);
    expect((await ask(`${id}/rejects`, stranger.token)).statusCode).toBe(404);
  });

  test.each([
    ["root_health_check", "<KHAMSUCKHOE></KHAMSUCKHOE>"],
    ["not_a_claim", "hello"],
    ["doctype", "<!DOCTYPE x><GIAMDINHHS/>"],
    [
      "other_facility_file",
      "<HSCHUNGTU><THONGTINDONVI><MACSKCB>79998</MACSKCB></THONGTINDONVI><THONGTINHOSO><DANHSACHHOSO><HOSO></HOSO></DANHSACHHOSO></THONGTINHOSO></HSCHUNGTU>",
    ],
  ])("is refused as a whole with %s, in words", async (code, text) => {
    const { id } = (await send(text)).json();
    await takeUploads(house);
    const told = (await ask(id)).json();
    expect(told).toMatchObject({ state: "refused", refusal: { code } });
    expect(told.refusal.reason.length).toBeGreaterThan(20);
  });

  test("larger than the limit is cut off while it comes, and nothing of it stays", async () => {
    const day = house.clock.now().toISOString().slice(0, 10);
    await setPolicy(house, uploadMegabytes, { value: 1, from: day, by: "thử" });
    const actor = { kind: "facility", facilityCode: "79999", tokenId } as const;
    let sent = 0;
    async function* endless() {
      for (;;) {
        sent += 1;
        yield Buffer.alloc(64 * 1024, "a");
      }
    }
    await expect(receiveUpload(house, actor, Readable.from(endless()))).rejects.toThrow(TooLarge);
    expect(sent).toBeLessThan(100);
    expect((await send(Buffer.alloc(1024 * 1024 + 1, "a"))).statusCode).toBe(413);
    expect(await filesLeft()).toEqual([]);
  });

  test("that is empty, or of another type, is refused at once", async () => {
    expect((await send("")).statusCode).toBe(422);
    const headers = { authorization: `Bearer ${token}` };
    const nothing = await house.app.inject({ method: "POST", url: "/api/v1/facility/uploads", headers });
    expect(nothing.statusCode).toBe(422);
    const json = await house.app.inject({
      method: "POST",
      url: "/api/v1/facility/uploads",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      payload: "{}",
    });
    expect(json.statusCode).toBe(415);
  });

  test("that waits is not swept away", async () => {
    const { id } = (await send("<x/>")).json();
    await forgetOld(house);
    expect(await filesLeft()).toEqual([`${id}.xml`]);
    await takeUploads(house);
  });
});

describe("a trusted certificate", () => {
  test("is trusted for its facility, and no longer once that ends", async () => {
    const told = await trust(house, "79999", Buffer.from(certificates.facility));
    expect(told).toMatchObject({ facility: "79999", fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
    await expect(endTrust(house, "79998", told.fingerprint)).rejects.toThrow("not_found");
    await endTrust(house, "79999", told.fingerprint);
    await expect(endTrust(house, "79999", told.fingerprint)).rejects.toThrow("not_found");
  });

  test("must be one", async () => {
    await expect(trust(house, "79999", Buffer.from("x"))).rejects.toMatchObject({
      faults: [{ key: "not_a_certificate" }],
    });
  });
});
