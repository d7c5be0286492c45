import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { issueCode } from "../../src/codes/issue.ts";
import { inTransaction } from "../../src/db/transaction.ts";
import { usualPace } from "../../src/notices/channel.ts";
import { startDelivery } from "../../src/notices/deliver.ts";
import { type Sinks, startSinks, takenBy } from "../../src/notices/sinks.ts";
import { accept } from "../../src/review/accept.ts";
import { aReceived, aStaff } from "../../src/review/counter.fixture.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

/** After sending, what was secret in a text is read nowhere in the database: not in one column of one row. */
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

/** Every row of every table as text; bytes both as they are written and as the letters that they may be. */
async function placesOf(secret: string): Promise<string[]> {
  const { rows: tables } = await house.pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname in ('public', 'jobs')`,
  );
  const hex = Buffer.from(secret).toString("hex");
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await house.pool.query(
      `select count(*)::integer as hits from ${name} t where t::text ilike '%' || $1 || '%' or t::text ilike '%' || $2 || '%'`,
      [secret, hex],
    );
    if (rows[0].hits > 0) found.push(name);
  }
  return found;
}

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
  expect(await placesOf(file.code)).toContain("public.notice");
  expect(await placesOf(activation)).toEqual([]);
  expect(await placesOf(activation.replaceAll("-", ""))).toEqual([]);
  expect(await placesOf(code)).toEqual([]);
});
