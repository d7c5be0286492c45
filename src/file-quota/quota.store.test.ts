import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { receiveUpload } from "../facility/receive-upload.ts";
import { waitingMegabytes } from "../facility/rules.ts";
import { issueToken } from "../facility/token.ts";
import { aChild, aDesk, aParent, birthCertificate } from "../guardian/guardian.fixture.ts";
import { nameGuardian } from "../guardian/name-guardian.ts";
import { proposeLink } from "../guardian/propose-link.ts";
import { anyone, type Facility } from "../kernel/actor.ts";
import type { Policy } from "../kernel/policy.ts";
import { changeHead, createDraft } from "../letters/draft.ts";
import { aHead, aPdf, aStaff as aSender, OFFICE, someUnits } from "../letters/letters.fixture.ts";
import { cardPicture } from "../pictures/pictures.fixture.ts";
import { policies } from "../policy/cli.ts";
import { setPolicy } from "../policy/set.ts";
import { aDraft } from "../registration/files.fixture.ts";
import { removePhoto } from "../registration/photos/remove-photo.ts";
import { sendPhotos } from "../registration/photos/send-photos.ts";
import { photosOf } from "../registration/photos/store-photo.ts";
import { aReceived, aStaff, countOf } from "../review/counter.fixture.ts";
import { filePaper } from "../review/file-paper.ts";
import { aCoordinator, aUnit } from "../roster/roster.fixture.ts";
import { takeRoster } from "../roster/take-roster.ts";
import {
  fileQuotas,
  keptOfPerson,
  keptOfSender,
  type Quota,
  sentByFacility,
  sentByStaff,
  sentByUnit,
  sentWithDeclaration,
} from "./rules.ts";

let house: TestHouse;
let pictures: Buffer[];
const morning = "2026-11-23T02:00:00.000Z";
beforeAll(async () => {
  house = await openTestHouse({ at: morning });
  pictures = await Promise.all([0, 1, 2, 3].map((at) => cardPicture({ width: 640 + at * 64, height: 404 })));
});
beforeEach(() => house.clean());
afterEach(() => {
  house.clock.moveTo(new Date(morning));
});
afterAll(() => house.close());

const picture = (at: number) => pictures[at % pictures.length] ?? Buffer.alloc(0);
const set = (quota: Policy<Quota>, value: Partial<Quota>) =>
  setPolicy(house, quota as Policy<unknown>, {
    value: { files: 1000, megabytes: 1000, ...value },
    from: "2026-11-01",
    by: "Quyết định thử",
  });
const tomorrow = () => house.clock.moveTo(new Date("2026-11-23T17:00:00.000Z"));
const said = (work: Promise<unknown>) =>
  work.then(
    () => "taken",
    (failure: { faults?: { field: string; key: string }[]; code?: string }) =>
      failure.faults?.map(({ field, key }) => `${field}: ${key}`).join() ?? failure.code,
  );

describe("pictures with a declaration", () => {
  const send = (code: string, at: number) =>
    sendPhotos(house, {
      ...{ code, actor: anyone, now: house.clock.now(), insists: true },
      pictures: { front: picture(at), portrait: picture(at + 1) },
    });

  it("have an end for the day, also where each took the place of the one before or was taken back; another's is untouched", async () => {
    await set(sentWithDeclaration, { files: 4 });
    const [mine, other] = [await aDraft(house), await aDraft(house)];
    expect(await said(send(mine.code, 0))).toBe("taken");
    expect(await said(send(mine.code, 1))).toBe("taken");
    const by = { code: mine.code, actor: anyone, now: house.clock.now() };
    await removePhoto(house, { ...by, kind: "front" });
    expect(await said(send(mine.code, 2))).toBe("portrait: image_spent");
    expect((await photosOf(house.db, mine.id)).map(({ kind }) => kind)).toEqual(["portrait"]);
    expect(await said(send(other.code, 2))).toBe("taken");
    tomorrow();
    expect(await said(send(mine.code, 2))).toBe("taken");
  });

  it("have an end by what they weigh, and two at once do not both slip through", async () => {
    await set(sentWithDeclaration, { files: 2 });
    const { code } = await aDraft(house);
    const both = await Promise.all([said(send(code, 0)), said(send(code, 1))]);
    expect(both.toSorted()).toEqual(["portrait: image_spent", "taken"]);
    await set(sentWithDeclaration, { megabytes: 1 });
    const { code: heavy } = await aDraft(house);
    const large = await cardPicture({ width: 2400, height: 1515 });
    const kinds = { front: large, back: large, portrait: large };
    const sending = { code: heavy, actor: anyone, now: house.clock.now(), pictures: kinds, insists: true };
    const first = await said(sendPhotos(house, sending));
    const second = await said(sendPhotos(house, sending));
    expect([first, second]).toContain("portrait: image_spent");
  });
});

describe("copies that the counter keeps", () => {
  it("have an end for one person over all files, and leave what was kept", async () => {
    await set(keptOfPerson, { files: 2 });
    const lan = await aStaff(house, "Trần Thị Lan");
    const { id, code } = await aReceived(house, lan);
    const keep = (at: number) => said(filePaper(house, lan, code, { front: picture(at) }));
    expect([await keep(0), await keep(1), await keep(2)]).toEqual(["taken", "taken", "front: image_full"]);
    tomorrow();
    expect(await keep(2)).toBe("front: image_full");
    expect(await countOf(house, "id_paper_copy where declaration_id = $1", id)).toBe(2);
    const earlier = await aDraft(house);
    await house.pool.query(
      `with whose as (select min(person_id) as id from person),
            now as (update declaration set matched_person_id = whose.id from whose where declaration_id = $1)
       update declaration set person_id = whose.id from whose where declaration_id = $2`,
      [id, earlier.id],
    );
    await house.pool.query("update id_paper_copy set declaration_id = $2 where declaration_id = $1", [id, earlier.id]);
    expect(await countOf(house, "id_paper_copy where declaration_id = $1", id)).toBe(0);
    expect(await keep(3)).toBe("front: image_full");
    await house.pool.query("update declaration set person_id = null where declaration_id = $1", [earlier.id]);
    expect(await keep(3)).toBe("taken");
  });

  it("have an end for one ward, over all links", async () => {
    await set(keptOfPerson, { files: 1 });
    const desk = await aDesk(house);
    const [child, mother, father] = [await aChild(house), await aParent(house), await aParent(house)];
    const propose = (parent: typeof mother, change = {}) =>
      said(
        proposeLink(house, desk.officer, child.personId, {
          form: birthCertificate(parent, change),
          copy: picture(0),
        }),
      );
    expect(await propose(mother)).toBe("taken");
    expect(await propose(father, { relation: "father" })).toBe("copy: image_full");
    expect(await countOf(house, "guardian_paper_copy")).toBe(1);
  });
});

describe("one member of staff", () => {
  it("sends so many files a day, of every kind together, and colleagues send on", async () => {
    await set(sentByStaff, { files: 3 });
    const [lan, minh] = [await aStaff(house, "Trần Thị Lan"), await aStaff(house, "Lê Văn Minh")];
    const mother = await aParent(house);
    const child = {
      for_whom: "child",
      declarer: "Trần Thị Mẹ Mẫu",
      birth_day: "2",
      birth_month: "5",
      birth_year: "2022",
    };
    const file = await aReceived(house, lan, { typed: { ...child, phone: mother.phone, email: "" } });
    const name = () => said(nameGuardian(house, lan, file.code, { form: birthCertificate(mother), copy: picture(1) }));
    expect(await said(filePaper(house, lan, file.code, { front: picture(0), back: picture(1) }))).toBe("taken");
    expect(await name()).toBe("taken");
    expect(await name()).toBe("copy: image_spent");
    expect(await said(filePaper(house, lan, file.code, { form: picture(2) }))).toBe("front: image_spent");
    expect(await said(createDraft(house, lan, aHead, aPdf()))).toBe("pdf: pdf_spent");
    const others = await aReceived(house, minh);
    expect(await said(filePaper(house, minh, others.code, { front: picture(0) }))).toBe("taken");
    tomorrow();
    expect(await said(createDraft(house, lan, aHead, aPdf()))).toBe("taken");
  });

  it("is counted once for a copy of which the record of two persons tells", async () => {
    await set(sentByStaff, { files: 2 });
    const desk = await aDesk(house);
    const [child, other, mother] = [await aChild(house), await aChild(house), await aParent(house)];
    const given = { form: birthCertificate(mother), copy: picture(0) };
    expect(await said(proposeLink(house, desk.officer, child.personId, given))).toBe("taken");
    expect(await said(proposeLink(house, desk.officer, other.personId, given))).toBe("taken");
    expect(await said(proposeLink(house, desk.officer, (await aChild(house)).personId, given))).toBe(
      "copy: image_spent",
    );
  });
});

describe("letters of an office", () => {
  it("are kept so many, a draft's other PDF is not one more, and what was typed is not written", async () => {
    await house.pool.query("delete from drive_unit");
    await someUnits(house);
    await set(keptOfSender, { files: 2 });
    const supervisor = await aSender(house, "supervisor", { officeCode: OFFICE });
    const id = await createDraft(house, supervisor, aHead, aPdf());
    await createDraft(house, supervisor, aHead, aPdf("Công văn khác"));
    expect(await said(createDraft(house, supervisor, aHead, aPdf()))).toBe("pdf: pdf_full");
    expect(await countOf(house, "letter")).toBe(2);
    expect(await said(changeHead(house, supervisor, id, aHead, aPdf("Bản sửa")))).toBe("taken");
    const leader = await aSender(house, "leader", { unitCode: "DN01" });
    expect(await said(createDraft(house, leader, aHead, aPdf()))).toBe("taken");
  });
});

describe("lists of a unit", () => {
  it("come so many times a day, by whomever of the unit, and no line of a list too many is read in", async () => {
    await aUnit(house, "DV71");
    await set(sentByUnit, { files: 2 });
    const [first, second] = [await aCoordinator(house, "DV71"), await aCoordinator(house, "DV71")];
    const send = (staff: typeof first, name: string) =>
      said(
        takeRoster(house, staff, {
          ...{ unitCode: "DV71", isWhole: false, basis: "duty" },
          bytes: Buffer.from(`Họ và tên,Ngày sinh\n${name},15/01/1990\n`),
        }),
      );
    expect([await send(first, "Lê Thị Một"), await send(second, "Lê Thị Hai")]).toEqual(["taken", "taken"]);
    expect(await send(first, "Lê Thị Ba")).toBe("files_spent");
    expect(await countOf(house, "roster_person")).toBe(2);
    tomorrow();
    expect(await send(first, "Lê Thị Ba")).toBe("taken");
    await set(sentByStaff, { files: 1 });
    expect(await send(first, "Lê Thị Bốn")).toBe("files_spent");
  });
});

describe("claim files of a facility", () => {
  it("have an end for the day, with when to go on; and what waits has an end by its size", async () => {
    const { tokenId } = await issueToken(house, { facility: "79999", days: 30, label: "HIS thử" });
    const facility: Facility = { kind: "facility", facilityCode: "79999", tokenId };
    const send = (bytes = 8) => said(receiveUpload(house, facility, Readable.from([Buffer.alloc(bytes, "x")])));
    await set(sentByFacility, { files: 2 });
    expect([await send(), await send(), await send()]).toEqual(["taken", "taken", "files_spent"]);
    await expect(receiveUpload(house, facility, Readable.from([Buffer.from("x")]))).rejects.toMatchObject({
      status: 429,
      retryAfterSeconds: 15 * 3600,
    });
    tomorrow();
    expect(await send(1024 * 1024)).toBe("taken");
    const one = { value: 1, from: "2026-11-01", by: "Quyết định thử" };
    await setPolicy(house, waitingMegabytes as Policy<unknown>, one);
    expect(await send()).toBe("busy");
  });
});

describe("the figures", () => {
  it("let a drive through: twenty registrations in a second, each with its own pictures", async () => {
    await set(sentWithDeclaration, { files: 1 });
    const codes = await Promise.all(Array.from({ length: 20 }, async () => (await aDraft(house)).code));
    const sending = { actor: anyone, now: house.clock.now(), pictures: { front: picture(0) }, insists: true };
    const outcomes = await Promise.all(codes.map((code) => said(sendPhotos(house, { ...sending, code }))));
    expect(outcomes).toEqual(codes.map(() => "taken"));
  });

  it("are all among what an operator may change by date", () => {
    const known = policies.map(({ name }) => name);
    expect(known).toEqual(expect.arrayContaining(fileQuotas.map(({ name }) => name)));
  });
});
