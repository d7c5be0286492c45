import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { registry } from "../app.ts";
import { flushLooks } from "../audit/record.ts";
import { blockLink, endLink } from "./block-link.ts";
import {
  aChild,
  aDesk,
  again,
  aParent,
  birthCertificate,
  CANARY,
  type Child,
  courtDecision,
  type Desk,
  link,
  type Parent,
} from "./guardian.fixture.ts";
import { proposeLink } from "./propose-link.ts";

/** Relation × time × address: whatever is not a link that holds today opens nothing anywhere. */
let house: TestHouse;
let desk: Desk;
beforeAll(async () => {
  house = await openTestHouse();
  desk = await aDesk(house);
});
afterAll(async () => {
  await flushLooks(house);
  await house.close();
});

const citizens = registry.filter(({ who, method }) => who.includes("citizen") && method === "GET");

/** Every citizen's address that can be read, with the child's own ids wherever an id is asked for. */
function addressesOf(child: Child): string[] {
  const filled = (path: string) =>
    path
      .replace(/:fund/, "bhxh")
      .replace(/:month/, "2026-01")
      .replace("/fhir/Patient/{id}", `/fhir/Patient/${child.publicId}`)
      .replace(/:\w+|\{\w+\}/g, child.visitId);
  return citizens.flatMap(({ path }) => [
    `${filled(path)}?patient=${child.publicId}`,
    ...(path.includes("visits/") ? [filled(path).replace(child.visitId, child.privateVisitId)] : []),
  ]);
}

/** Everything by which the child could be known. */
const traces = (child: Child) => [
  CANARY,
  child.number,
  child.visitId,
  child.privateVisitId,
  child.personId.padStart(9, "#"),
];

/** How often anything of the child came out, over all addresses: by the session's own state, and by the header. */
async function leaks(parent: Parent, child: Child): Promise<string[]> {
  await house.db
    .updateTable("session")
    .set({ acting_for: child.personId })
    .where("person_id", "=", parent.personId)
    .execute();
  const found: string[] = [];
  for (const url of addressesOf(child)) {
    const asked = [
      await house.app.inject({ url, cookies: parent.cookies }),
      await house.app.inject({
        url,
        headers: { authorization: `Bearer ${parent.token}`, "vssid-acting-for": child.publicId },
      }),
    ];
    // The page of the family tells a guardian whose link is blocked or to come whose it is: by name, nothing else.
    const shown = url.startsWith("/app/family") ? traces(child).slice(1) : traces(child);
    for (const { body } of asked)
      if (shown.some((trace) => withoutOwnAddress(body, url).includes(trace))) found.push(url);
  }
  return found;
}

/** An error page leads to itself and to its other language: the id that was asked for is no news. */
function withoutOwnAddress(body: string, url: string): string {
  const path = url.split("?")[0] ?? "";
  return body.replaceAll(path, "");
}

type Story = (parent: Parent, child: Child) => Promise<unknown>;
const future = { from_day: "24", from_month: "11", from_year: "2026" };

const closed: [says: string, story: Story][] = [
  ["no link at all", async () => undefined],
  [
    "a link that is only proposed",
    (parent, child) => proposeLink(house, desk.officer, child.personId, { form: birthCertificate(parent) }),
  ],
  ["a link that begins tomorrow", (parent, child) => link(house, desk, child, parent, { ...courtDecision, ...future })],
  [
    "a link that is blocked",
    async (parent, child) =>
      blockLink(house, desk.officer, await link(house, desk, child, parent), { reason: "Lệnh của Tòa án" }),
  ],
  [
    "a link that was ended",
    async (parent, child) =>
      endLink(house, desk.officer, await link(house, desk, child, parent), { end_reason: "asked", reason: "Yêu cầu" }),
  ],
  [
    "a link whose last day was yesterday",
    async (parent, child) => {
      const last = { last_day: "24", last_month: "11", last_year: "2026" };
      await link(house, desk, child, parent, { ...courtDecision, ...last });
      await house.pool.query("update guardianship set last_on = '2026-11-22' where person_id = $1", [child.personId]);
    },
  ],
  [
    "a child of age since today",
    async (parent, child) => {
      await link(house, desk, child, parent);
      await house.pool.query("update person set birth_on = '2008-11-23' where person_id = $1", [child.personId]);
    },
  ],
  [
    "a child who has died",
    async (parent, child) => {
      await link(house, desk, child, parent);
      await house.pool.query("update person set died_on = '2026-11-22' where person_id = $1", [child.personId]);
    },
  ],
  [
    "a guardian who has died",
    async (parent, child) => {
      await link(house, desk, child, parent);
      await house.pool.query("update person set died_on = '2026-11-22' where person_id = $1", [parent.personId]);
    },
  ],
  [
    "the link of the other parent",
    async (_parent, child) => link(house, desk, child, await aParent(house, "Nguyễn Văn Cha Mẫu")),
  ],
];

describe("T14 0 foreign records over all addresses of citizens", () => {
  test.each(closed)("with %s", async (_says, story) => {
    const child = await aChild(house);
    const parent = await aParent(house);
    await story(parent, child);
    expect(await leaks(await again(house, parent), child)).toEqual([]);
  });

  test("and with a link that holds the same search finds the child on its record, and there only", async () => {
    const child = await aChild(house);
    const parent = await aParent(house);
    await link(house, desk, child, parent);
    const found = new Set((await leaks(await again(house, parent), child)).map((url) => url.split("?")[0]));
    for (const path of [
      "/app",
      "/app/visits",
      "/api/v1/me",
      "/api/v1/me/cards",
      "/api/v1/me/visits",
      "/fhir/Coverage",
    ]) {
      expect(found, path).toContain(path);
    }
    // The bar names the child on pages of the guardian's own account; nothing else of the child stands there.
    for (const url of ["/account/devices", "/account/password"]) {
      const { body } = await house.app.inject({ url, cookies: parent.cookies });
      expect(
        traces(child)
          .slice(1)
          .filter((trace) => body.includes(trace)),
      ).toEqual([]);
    }
  });

  test("there are addresses to search", () => {
    expect(citizens.length).toBeGreaterThan(20);
  });
});
