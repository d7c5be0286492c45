import type { FastifyInstance } from "fastify";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { type Actor, anyone, type Staff } from "../kernel/actor.ts";
import { getByCode } from "../registration/store.ts";
import { createWeb } from "../web/server.ts";
import { routes as api } from "./api.ts";
import { aConfirmed, aReceived, aStaff, countOf, sameAsDeclared } from "./counter.fixture.ts";
import { loadDossier } from "./dossier.ts";
import { routes as pages } from "./officer.tsx";

let house: TestHouse;
let app: FastifyInstance;
let lan: Staff;
let minh: Staff;
let present: Actor;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
  minh = await aStaff(house, "Lê Văn Minh");
  app = await createWeb(house, [...pages, ...api], async () => present);
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const visitor = { vssid_visitor: "the-same-browser" };
const open = (staff: Actor, url: string) => {
  present = staff;
  return app.inject({ method: "GET", url, cookies: visitor });
};

async function tokenOf(staff: Actor): Promise<string> {
  const file = await aConfirmed(house);
  const { body } = await open(staff, `/console/files/${file.code}/reception`);
  return /name="_token" value="([^"]+)"/.exec(body)?.[1] ?? "";
}

async function post(staff: Actor, url: string, fields: Record<string, string | string[]>) {
  const payload = new URLSearchParams({ _token: await tokenOf(staff) });
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) payload.append(name, value);
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  present = staff;
  return app.inject({ method: "POST", url, cookies: visitor, headers, payload: payload.toString() });
}

async function upload(staff: Actor, url: string, files: Record<string, Buffer>) {
  const form = new FormData();
  form.append("_token", await tokenOf(staff));
  for (const [name, bytes] of Object.entries(files))
    form.append(name, new Blob([new Uint8Array(bytes)]), "../../ảnh.jpg");
  const request = new Request("http://127.0.0.1/", { method: "POST", body: form });
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  present = staff;
  const payload = Buffer.from(await request.arrayBuffer());
  return app.inject({ method: "POST", url, cookies: visitor, headers, payload });
}

const picture = () =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: "#d8cfb4" } })
    .jpeg()
    .toBuffer();
const typedOf = (file: Parameters<typeof sameAsDeclared>[0]) => {
  const { original_seen, form_signed, face_matches, copy_kept, ...boxes } = sameAsDeclared(file);
  return {
    ...(boxes as Record<string, string>),
    checks: ["original_seen", "form_signed", "face_matches", "copy_kept"],
  };
};

describe("the officer's pages", () => {
  it("are closed to strangers and to citizens", async () => {
    const citizen: Actor = { kind: "citizen", personId: "1", scope: "full", sessionId: "0" };
    const turned = await open(anyone, "/console");
    expect([turned.statusCode, turned.headers.location]).toEqual([303, expect.stringContaining("/console/sign-in")]);
    expect((await open(citizen, "/console")).statusCode).toBe(403);
  });

  it("list files with the least time left first, who holds them, and counts that equal the lists", async () => {
    const waiting = await aConfirmed(house, { full_name: "Đặng Thị Chờ" });
    const received = await aReceived(house, minh, { typed: { full_name: "Hồ Văn Gấp" } });
    const { body } = await open(lan, "/console");
    expect(body.indexOf(received.code)).toBeLessThan(body.indexOf(waiting.code));
    expect(body).toContain("còn 1");
    expect(body).toContain(minh.name);
    for (const show of ["received", "confirmed", "late", "mine"]) {
      const shown = await open(lan, `/console?show=${show}`);
      const count = Number(new RegExp(`show=${show}"[^>]*>[^<]*<b>(\\d+)`).exec(shown.body)?.[1]);
      expect(new Set(shown.body.match(/BD-\w{4}-\w{4}/g) ?? []).size).toBe(count);
    }
  });

  it("say the day beside an hour that is not of today: since when a file is held, and when its result was due", async () => {
    const monday = house.clock.now();
    const file = await aReceived(house, await aStaff(house, "Đỗ Thị Giữ"));
    try {
      const told = async () => (await open(lan, `/console/files/${file.code}`)).body.replace(/<[^>]+>/g, " ");
      expect(await told()).toMatch(/Đỗ Thị Giữ đang giữ từ \d\d:\d\d(?! \d)/);
      house.clock.moveTo(new Date("2026-11-24T02:00:00Z"));
      const tuesday = await told();
      expect(tuesday).toMatch(/Đỗ Thị Giữ đang giữ từ \d\d:\d\d 23\/11\/2026/);
      expect(tuesday).toMatch(/Báo kết quả trước \d\d:\d\d 23\/11\/2026/);
    } finally {
      house.clock.moveTo(monday);
    }
  });

  it("lead from a scanned code straight to the file, and record search and look", async () => {
    const file = await aConfirmed(house);
    const found = await open(lan, `/console/find?q=${encodeURIComponent(`https://vssid.example/r/${file.code}`)}`);
    expect([found.statusCode, found.headers.location]).toEqual([303, `/console/files/${file.code}`]);
    expect((await open(lan, `/console/files/${file.code}`)).body).toContain(file.answers.name?.full);
    expect(await countOf(house, "audit_event where action = 'review.look' and object_id = $1", file.code)).toBe(1);
    expect(await countOf(house, "audit_event where action = 'review.search' and actor_id = $1", lan.staffId)).toBe(1);
  });

  it("find by number, phone and name without marks, and nothing of another office", async () => {
    const file = await aConfirmed(house, { full_name: "Ksor Đăng Ước" });
    for (const q of [file.idNumber, file.insuranceNumber, file.phone, "ksor dang uoc"]) {
      const { headers, body } = await open(lan, `/console/find?q=${encodeURIComponent(q ?? "")}`);
      expect(`${headers.location ?? ""} ${body}`).toContain(file.code);
    }
    const typed = { to: "/console/find", q: "ksor dang uoc" };
    const sealed = String((await post(lan, "/console/search", typed)).headers.location);
    expect(sealed).toMatch(/^\/console\/find\?typed=[\w-]+$/);
    expect((await open(lan, sealed)).body).toContain(file.code);
    expect((await post(lan, "/console/search", { ...typed, to: "https://example.vn" })).statusCode).toBe(404);
    const stranger: Staff = { ...lan, roles: [{ role: "officer", officeCode: "52T02" }] };
    const elsewhere = await open(stranger, `/console/find?q=${file.code}`);
    expect(elsewhere.body).not.toContain("Ksor");
    expect((await open(stranger, `/console/files/${file.code}`)).statusCode).toBe(404);
  });

  it("receive, accept and show the result, all without script", async () => {
    const file = await aConfirmed(house);
    expect((await post(lan, `/console/files/${file.code}/reception`, typedOf(file))).statusCode).toBe(303);
    const missing = await post(lan, `/console/files/${file.code}/acceptance`, {});
    expect(missing.statusCode).toBe(422);
    expect(missing.body).toContain("Ghi lý do vẫn chấp nhận.");
    const done = await post(lan, `/console/files/${file.code}/acceptance`, { note: "Đã xem sổ BHXH" });
    expect([done.statusCode, done.headers.location]).toEqual([303, `/console/files/${file.code}`]);
    const again = await post(lan, `/console/files/${file.code}/acceptance`, { note: "Đã xem sổ BHXH" });
    expect([again.statusCode, again.headers.location]).toEqual([303, `/console/files/${file.code}`]);
    const { body } = await open(lan, `/console/files/${file.code}`);
    expect(body).toContain("Đã chấp nhận");
    expect(body).not.toContain(`/console/files/${file.code}/acceptance`);
  });

  it("show the form again with what was typed when the paper was misread", async () => {
    const file = await aConfirmed(house);
    const wrong = { ...typedOf(file), id_number: "12345", birth_day: "31", birth_month: "2" };
    const { statusCode, body } = await post(lan, `/console/files/${file.code}/reception`, wrong);
    expect(statusCode).toBe(422);
    expect(body).toContain('value="12345"');
    expect(body).toContain("Số căn cước gồm 12 chữ số");
    expect(body).toContain("Ngày sinh không có thật");
  });

  it("keep the reading of a fourth file, and lead to the three that fill the officer's hands", async () => {
    const busy = await aStaff(house, "Đinh Thị Bận");
    const held = [];
    for (let n = 0; n < 3; n += 1) held.push((await aReceived(house, busy)).code);
    const file = await aConfirmed(house);
    const url = `/console/files/${file.code}/reception`;
    const warned = await open(busy, url);
    const tried = await post(busy, url, { ...typedOf(file), name: "Nguyễn Thị Diễm Hương Giang" });
    expect(tried.statusCode).toBe(409);
    expect(tried.body).toContain('value="Nguyễn Thị Diễm Hương Giang"');
    for (const code of held) {
      for (const { body } of [warned, tried]) expect(body).toContain(`href="/console/files/${code}"`);
    }
    const taken = await post(busy, `/console/files/${file.code}/holding`, {});
    expect(taken.body).not.toContain("Không còn việc nào với hồ sơ này.");
  });

  it("tell whoever is too late what they may do, not what the holder may", async () => {
    const file = await aReceived(house, minh);
    const late = await open(lan, `/console/files/${file.code}/reception`);
    expect(late.body).toContain("Có thể làm bây giờ: nhận thay, có ghi lý do, in tờ khai.");
  });

  it("claim no agreement before there is anything to compare", async () => {
    const file = await aConfirmed(house);
    const { body } = await open(lan, `/console/files/${file.code}`);
    expect(body).toContain("Chưa có gì để đối chiếu");
    expect(body).not.toContain("đều khớp");
  });

  it("preview a refusal as the person will read it, and send it on the second press", async () => {
    const file = await aReceived(house, minh);
    await house.pool.query("update declaration set held_by = null where declaration_id = $1", [file.id]);
    const url = `/console/files/${file.code}/refusal`;
    const first = await post(minh, url, { grounds: ["form_not_signed"], sentence: "", step: "preview" });
    expect(first.body).toContain("To khai chua ky");
    expect((await getByCode(house.db, file.code)).status).toBe("received");
    const sentence = "Tờ khai chưa ký. Khai lại rồi ký.";
    expect((await post(minh, url, { grounds: ["form_not_signed"], sentence, step: "send" })).statusCode).toBe(303);
    expect((await getByCode(house.db, file.code)).status).toBe("refused");
    const late = await post(lan, url, { grounds: ["form_not_signed"], sentence, step: "send" });
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain(minh.name);
    expect(late.body).toContain("Không còn việc nào với hồ sơ này.");
  });

  it("refuse without grounds is impossible", async () => {
    const file = await aReceived(house, lan);
    const { statusCode, body } = await post(lan, `/console/files/${file.code}/refusal`, {
      sentence: "x",
      step: "send",
    });
    expect(statusCode).toBe(422);
    expect(body).toContain("Chọn ít nhất một căn cứ.");
  });
});

describe("copies of the paper", () => {
  it("are kept sealed, shown with the officer's name on them, and every look is on record", async () => {
    const file = await aReceived(house, minh);
    const sent = await picture();
    const url = `/console/files/${file.code}/papers`;
    expect((await upload(minh, url, { front: sent, back: sent })).statusCode).toBe(303);
    expect((await upload(minh, url, { front: sent })).statusCode).toBe(303);
    const { rows } = await house.pool.query(
      `select copy_id, sealed, data_key_id as "dataKeyId", version as "keyVersion", wrapped
         from id_paper_copy left join data_key k on k.key_id = data_key_id where declaration_id = $1 and side = 'front'`,
      [file.id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0].sealed.includes(Buffer.from([0xff, 0xd8, 0xff]))).toBe(false);
    const opened = await house.vault.openOwn("id-paper", rows[0], rows[0].copy_id);
    const shown = await open(lan, `${url}/${rows[0].copy_id}`);
    expect([shown.statusCode, shown.headers["content-type"], shown.headers["cache-control"]]).toEqual([
      200,
      "image/jpeg",
      "private, no-store",
    ]);
    expect(shown.rawPayload.equals(opened)).toBe(false);
    expect(
      await countOf(house, "audit_event where action = 'review.show_paper' and object_id = $1", rows[0].copy_id),
    ).toBe(1);
  });

  it("are on file once the front is: pictures of the back and of the form are no copy of the paper", async () => {
    const holder = await aStaff(house, "Đinh Thị Mặt");
    const file = await aReceived(house, holder, { paper: { copy_kept: "" } });
    const obstacles = async () =>
      (await loadDossier(house.db, file, house.clock.now())).obstacles.map(({ obstacle }) => obstacle);
    const url = `/console/files/${file.code}/papers`;
    expect((await upload(holder, url, { back: await picture(), form: await picture() })).statusCode).toBe(303);
    expect(await obstacles()).toEqual(["no_copy_on_file"]);
    expect((await upload(holder, url, { front: await picture() })).statusCode).toBe(303);
    expect(await obstacles()).toEqual([]);
  });

  it("of one file are not found through another", async () => {
    const first = await aReceived(house, await aStaff(house, "Đinh Văn Một"));
    const second = await aReceived(house, await aStaff(house, "Đinh Văn Hai"));
    const holder: Staff = { ...lan, staffId: first.heldBy ?? "" };
    await upload(holder, `/console/files/${first.code}/papers`, { front: await picture() });
    const { rows } = await house.pool.query("select copy_id from id_paper_copy where declaration_id = $1", [first.id]);
    expect((await open(lan, `/console/files/${second.code}/papers/${rows[0].copy_id}`)).statusCode).toBe(404);
    expect((await open(lan, `/console/files/${first.code}/papers/${rows[0].copy_id}`)).statusCode).toBe(200);
    expect((await open(lan, `/console/files/${first.code}/papers/..%2f..%2fetc`)).statusCode).toBe(404);
  });

  it("that are no pictures, broken or too large are told plainly, and nothing is kept", async () => {
    const holder = await aStaff(house, "Bùi Thị Ảnh");
    const file = await aReceived(house, holder);
    const url = `/console/files/${file.code}/papers`;
    const text = await upload(holder, url, { front: Buffer.from("không phải ảnh"), back: await picture() });
    expect([text.statusCode, text.body.includes("không phải ảnh JPEG hay PNG")]).toEqual([422, true]);
    const broken = await upload(holder, url, { front: (await picture()).subarray(0, 1500) });
    expect([broken.statusCode, broken.body.includes("Ảnh bị hỏng")]).toEqual([422, true]);
    const huge = await upload(holder, url, { front: Buffer.alloc(6 * 1024 * 1024, 0xff) });
    expect(huge.statusCode).toBe(413);
    expect((await upload(holder, url, {})).statusCode).toBe(422);
    expect(await countOf(house, "id_paper_copy where declaration_id = $1", file.id)).toBe(0);
  });
});

describe("the officer's API", () => {
  const send = (staff: Actor, url: string, payload: object) => {
    present = staff;
    return app.inject({ method: "POST", url: `/api/v1/declarations/${url}`, payload });
  };
  const readingOf = (file: Awaited<ReturnType<typeof aConfirmed>>) => ({
    paper: {
      kind: "cccd",
      number: file.answers.paper?.number,
      name: file.answers.name?.full,
      birth: file.answers.birth?.on,
    },
    originalSeen: true,
    formSigned: true,
    faceMatches: true,
    copyKept: true,
  });

  it("receives and accepts, and answers a colleague with who was first and what is possible", async () => {
    const clerk = await aStaff(house, "Ngô Văn Máy");
    const file = await aConfirmed(house);
    const received = await send(clerk, `${file.code}/reception`, readingOf(file));
    expect([received.statusCode, received.json().status]).toEqual([201, "received"]);
    expect(Date.parse(received.json().noticeDueAt) - Date.parse(received.json().receivedAt)).toBe(900_000);
    expect((await send(clerk, `${file.code}/acceptance`, {})).statusCode).toBe(422);
    const held = await send(lan, `${file.code}/acceptance`, { note: "x" });
    expect([held.statusCode, held.json().code, held.json().allowed]).toEqual([409, "held_by_colleague", ["take_over"]]);
    const accepted = await send(clerk, `${file.code}/acceptance`, { note: "Đã xem sổ" });
    expect([accepted.statusCode, accepted.json().status]).toEqual([201, "accepted"]);
    const late = await send(lan, `${file.code}/refusal`, { grounds: ["other"], sentence: "Khai lại." });
    expect(late.statusCode).toBe(409);
    expect(late.json()).toMatchObject({ now: "accepted", allowed: [] });
    expect(late.json().detail).toContain(clerk.name);
  });

  it("refuses with a drafted sentence, and never without grounds", async () => {
    const clerk = await aStaff(house, "Ngô Thị Máy");
    const file = await aConfirmed(house);
    await send(clerk, `${file.code}/reception`, readingOf(file));
    expect((await send(clerk, `${file.code}/refusal`, { grounds: [] })).statusCode).toBe(422);
    const refused = await send(clerk, `${file.code}/refusal`, { grounds: ["original_not_shown"] });
    expect([refused.statusCode, refused.json().status]).toEqual([201, "refused"]);
  });

  it("says nothing personal when it refuses", async () => {
    const file = await aConfirmed(house);
    const reading = readingOf(file);
    const answers = [
      await send(lan, `${file.code}/reception`, { ...reading, paper: { ...reading.paper, number: "987654" } }),
      await send(lan, `${file.code}/acceptance`, {}),
      await send({ ...lan, roles: [{ role: "officer", officeCode: "52T02" }] }, `${file.code}/reception`, reading),
    ];
    for (const { statusCode, body } of answers) {
      expect(statusCode).toBeGreaterThanOrEqual(400);
      for (const secret of ["987654", file.idNumber, file.phone, file.answers.name?.full])
        expect(body).not.toContain(secret);
    }
  });
});
