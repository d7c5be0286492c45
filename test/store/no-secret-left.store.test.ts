import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { issueCode } from "../../src/codes/issue.ts";
import { inTransaction } from "../../src/db/transaction.ts";
import { usualPace } from "../../src/notices/channel.ts";
import { startDelivery } from "../../src/notices/deliver.ts";
import { openSecrets } from "../../src/notices/secrets.ts";
import { type Sinks, startSinks, takenBy } from "../../src/notices/sinks.ts";
import { accept } from "../../src/review/accept.ts";
import { aReceived, aStaff } from "../../src/review/counter.fixture.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { placesOf } from "../places.ts";

/** Before it is sent and after, what is secret in a text is read nowhere in the database: not in one column of one row. */
let house: TestHouse;
let sinks: Sinks;
beforeAll(async () => {
  house = await openTestHouse();
  sinks = await startSinks(house);
  Object.assign(house.settings, { smtpUrl: sinks.smtpUrl, smppUrl: sinks.smppUrl });
});
afterAll(async () => {
  await sinks.stop();
  await house.close();
});

it("leaves neither an activation code nor a one-time code readable anywhere, sent or not", async () => {
  const officer = await aStaff(house, "Cán bộ Thử");
  const file = await aReceived(house, officer);
  const { personId } = await accept(house, officer, { code: file.code, note: "" });
  const now = house.clock.now();
  await inTransaction(house.db, (tx) =>
    issueCode(tx, house, {
      purpose: "prove_self",
      boundTo: "test",
      subject: "test",
      channel: "sms",
      recipient: file.phone ?? "",
      lang: "vi",
      now,
      personId: personId ?? undefined,
    }),
  );
  const waiting = await house.db
    .selectFrom("notice")
    .select(["dedupe_key as key", "sealed_fields as sealed"])
    .where("sealed_fields", "is not", null)
    .execute();
  const sealed = waiting.flatMap(({ key, sealed }) =>
    Object.values(openSecrets(house.vault, key, sealed ?? Buffer.alloc(0))),
  );
  expect(sealed.some((secret) => /^\d{6}$/.test(secret)) && sealed.some((secret) => secret.length > 12)).toBe(true);
  for (const secret of sealed) expect(await placesOf(house, secret), "while it waits").toEqual([]);
  const delivery = startDelivery(house, { ...usualPace, pollMs: 15 });
  await vi.waitFor(
    () => expect(takenBy(house).filter(({ channel }) => channel === "sms").length).toBeGreaterThan(2),
    30_000,
  );
  await vi.waitFor(async () => {
    const { rows } = await house.pool.query("select 1 from notice where sealed_fields is not null");
    expect(rows).toEqual([]);
  }, 30_000);
  await delivery.stop();
  const texts = takenBy(house).map(({ text }) => text);
  const activation = texts.map((text) => /[a-z]{4}(?:-[a-z0-9]{4}){2,}/.exec(text)?.[0]).find(Boolean) ?? "";
  const code = texts.map((text) => /\b\d{6}\b/.exec(text)?.[0]).find(Boolean) ?? "";
  expect(activation.length).toBeGreaterThan(12);
  expect(code).toHaveLength(6);
  expect(await placesOf(house, file.code)).toContain("public.notice");
  expect(await placesOf(house, activation)).toEqual([]);
  expect(await placesOf(house, activation.replaceAll("-", ""))).toEqual([]);
  expect(await placesOf(house, code)).toEqual([]);
});
