import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { COOKIE } from "../account/open-session.ts";
import { createApp } from "../app.ts";
import { seat } from "../contact/contact.fixture.ts";
import { later, provedHoa, type Settled } from "../factor/factor.fixture.ts";
import { confirmationTicket, TICKET_COOKIE } from "./confirmation-ticket.ts";
import { stopOwnAccount } from "./end-account.ts";
import { noteEvent } from "./note-event.ts";

let house: TestHouse;
let app: Awaited<ReturnType<typeof createApp>>;
let hoa: Settled;
let reference: string;
beforeAll(async () => {
  house = await openTestHouse();
  app = await createApp(house);
  hoa = await provedHoa(house);
  const { personId } = hoa;
  const now = house.clock.now();
  reference = await house.db
    .transaction()
    .execute((tx) => noteEvent(tx, { personId, kind: "email_changed", source: "online", now }));
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const get = (url: string, cookies: Record<string, string>) => app.inject({ url, cookies });

describe("the paper of a confirmation", () => {
  it("is the owner's, by its number; of another number and for anybody else there is none", async () => {
    const own = await get(`/account/confirmations/${reference}`, { [COOKIE]: hoa.token });
    expect([own.statusCode, own.headers["content-type"], own.body.slice(0, 5)]).toEqual([
      200,
      "application/pdf",
      "%PDF-",
    ]);
    expect((await get("/account/confirmations/GD-2222-2222", { [COOKIE]: hoa.token })).statusCode).toBe(404);
    const { token } = await seat(house, "le.minh", "officer");
    for (const cookies of [{}, { [COOKIE]: token }] as Record<string, string>[]) {
      const other = await get(`/account/confirmations/${reference}`, cookies);
      expect(other.headers["content-type"]).not.toBe("application/pdf");
    }
  });

  it("goes with whoever has just stopped the account, for a quarter of an hour, with their own ticket only", async () => {
    const now = house.clock.now();
    const stopped = await stopOwnAccount(house, hoa.citizen, "vi", now);
    const { value } = confirmationTicket(house.vault, hoa.personId, stopped, now);
    const paper = await get("/account/stop/confirmation", { [TICKET_COOKIE]: value });
    expect([paper.statusCode, paper.headers["content-type"]]).toEqual([200, "application/pdf"]);
    for (const wrong of [
      "",
      `${value.slice(0, -3)}AAA`,
      Buffer.from(`${hoa.personId}.${stopped}.9e15`).toString("base64url"),
    ]) {
      expect((await get("/account/stop/confirmation", { [TICKET_COOKIE]: wrong })).statusCode).toBe(303);
    }
    later(house, 15 * 60_000);
    expect((await get("/account/stop/confirmation", { [TICKET_COOKIE]: value })).statusCode).toBe(303);
  });
});
