import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/house.ts";
import { anyone } from "../../kernel/actor.ts";
import { Invalid, NotAllowed, NotFound } from "../../kernel/failures.ts";
import type { Policy } from "../../kernel/policy.ts";
import { cardPicture } from "../../pictures/pictures.fixture.ts";
import { setPolicy } from "../../policy/set.ts";
import { advance, onFile } from "../advance.ts";
import { confirm } from "../confirm.ts";
import { aConfirmed, aDraft, anOfficer } from "../files.fixture.ts";
import { forgetOld } from "../forget.ts";
import { photoRule } from "../rules-paper-policies.ts";
import { removePhoto } from "./remove-photo.ts";
import type { PhotoKind } from "./rules-photos.ts";
import { sendPhotos } from "./send-photos.ts";
import { findPhoto, photosOf } from "./store-photo.ts";

let house: TestHouse;
let card: Buffer;
let blurred: Buffer;
beforeAll(async () => {
  house = await openTestHouse();
  [card, blurred] = await Promise.all([cardPicture(), cardPicture({ blur: 9 })]);
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const send = (code: string, pictures: Partial<Record<PhotoKind, Uint8Array>>, insists = false) =>
  sendPhotos(house, { code, actor: anyone, now: house.clock.now(), pictures, insists });
const faultsOf = (work: Promise<unknown>) =>
  work.then(
    () => [],
    (error) => (error instanceof Invalid ? error.faults.map(({ field, key }) => `${field}: ${key}`) : [String(error)]),
  );
const set = (value: string, from = "2026-11-01") =>
  setPolicy(house, photoRule as Policy<unknown>, { value, from, by: "Quyết định thử" });

describe("a picture that comes with a declaration", () => {
  it("is kept sealed under its own id; nobody reads it from the database", async () => {
    const { id, code } = await aDraft(house);
    expect(await send(code, { front: card, portrait: card })).toBe(2);
    const photos = await photosOf(house.db, id);
    expect(photos.map(({ kind, doubts }) => [kind, doubts])).toEqual([
      ["portrait", []],
      ["front", []],
    ]);
    const photo = await findPhoto(house.db, id, photos[0]?.photoId ?? "");
    if (!photo) throw new Error("no picture");
    const opened = await house.vault.openOwn("declaration-photo", photo, photos[0]?.photoId ?? "");
    // Three bytes alone come about by chance in so many.
    expect(photo?.sealed.includes(opened.subarray(0, 16))).toBe(false);
    expect(opened.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    const other = await aDraft(house);
    expect(await findPhoto(house.db, other.id, photos[0]?.photoId ?? "")).toBeUndefined();
  });

  it("is refused with what to do when it is blurred, and kept with the doubt when the person has no better one", async () => {
    const { id, code } = await aDraft(house);
    expect(await faultsOf(send(code, { front: blurred, back: card }))).toEqual(["front: picture_blurred"]);
    expect(await photosOf(house.db, id)).toEqual([]);
    expect(await send(code, { front: blurred, back: card }, true)).toBe(2);
    expect((await photosOf(house.db, id)).map(({ doubts }) => doubts)).toEqual([["picture_blurred"], []]);
  });

  it("of an iPhone, of no kind, or none at all is refused politely, insisted on or not", async () => {
    const { code } = await aDraft(house);
    const heic = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic");
    expect(await faultsOf(send(code, { front: heic }, true))).toEqual(["front: image_heic"]);
    expect(await faultsOf(send(code, { back: Buffer.from("%PDF-1.7") }, true))).toEqual(["back: image_pdf"]);
    expect(await faultsOf(send(code, {}))).toEqual(["portrait: image_missing"]);
  });

  it("takes the place of the one before it, also when two are sent at once", async () => {
    const { id, code } = await aDraft(house);
    await Promise.all([1, 2, 3].map(() => send(code, { front: card })));
    expect(await photosOf(house.db, id)).toHaveLength(1);
    await Promise.all(
      [1, 2].map(() => removePhoto(house, { code, kind: "front", actor: anyone, now: house.clock.now() })),
    );
    expect(await photosOf(house.db, id)).toEqual([]);
    const { rows } = await house.pool.query(
      "select count(*)::int as count from audit_event where action = 'declaration.photo_removed' and object_id = $1",
      [code],
    );
    expect(rows[0].count).toBe(1);
  });

  it("may be added and taken back until the office has the file, and no longer", async () => {
    const { id, code } = await aConfirmed(house);
    await send(code, { front: card });
    const at = house.clock.now();
    await onFile(house, at, (tx) => advance(tx, code, { kind: "received", actor: anOfficer, at }));
    await expect(send(code, { back: card })).rejects.toThrow(NotAllowed);
    await expect(removePhoto(house, { code, kind: "front", actor: anyone, now: at })).rejects.toThrow(NotAllowed);
    expect(await photosOf(house.db, id)).toHaveLength(1);
  });

  it("is gone with the answers of a draft that nobody finished", async () => {
    const { id, code } = await aDraft(house);
    await sendPhotos(house, { code, actor: anyone, now: house.clock.now(), pictures: { front: card }, insists: false });
    house.clock.moveTo(new Date("2026-12-23T17:00:00Z"));
    expect(await forgetOld(house)).toBe(1);
    expect(await photosOf(house.db, id)).toEqual([]);
  });
});

describe("the operator's choice by date", () => {
  it("lets a declaration be confirmed without pictures unless they are required, and then with them", async () => {
    const [first, second] = [await aDraft(house), await aDraft(house)];
    const confirmation = (code: string) => confirm(house, { code, actor: anyone, now: house.clock.now() });
    await set("required", "2026-11-24");
    expect(await faultsOf(confirmation(first.code))).toEqual([]);
    await set("required");
    expect(await faultsOf(confirmation(second.code))).toEqual(["photos: photos_missing"]);
    await send(second.code, { portrait: card, front: card });
    expect(await faultsOf(confirmation(second.code))).toEqual(["photos: photos_missing"]);
    await send(second.code, { back: card });
    expect(await faultsOf(confirmation(second.code))).toEqual([]);
    await set("optional");
  });

  it("leaves no confirmed declaration without a required picture, whoever is first: confirming or taking it back", async () => {
    await set("required");
    for (let round = 0; round < 4; round += 1) {
      const { id, code } = await aDraft(house);
      await send(code, { portrait: card, front: card, back: card });
      const now = house.clock.now();
      const [confirmed] = await Promise.allSettled([
        confirm(house, { code, actor: anyone, now }),
        removePhoto(house, { code, kind: "front", actor: anyone, now }),
      ]);
      expect(await photosOf(house.db, id)).toHaveLength(confirmed.status === "fulfilled" ? 3 : 2);
    }
    await set("optional");
  });

  it("asks for no back of a passport", async () => {
    const { code } = await aDraft(house, { paper_kind: "passport", paper_number: "C1234567" });
    await set("required");
    await send(code, { portrait: card, front: card });
    await confirm(house, { code, actor: anyone, now: house.clock.now() });
    await set("optional");
  });

  it("takes no picture where pictures are off", async () => {
    const { code } = await aDraft(house);
    await set("off");
    await expect(send(code, { front: card })).rejects.toThrow(NotFound);
    await set("optional");
  });
});
