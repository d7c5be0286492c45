import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { isSecret } from "./account/hash-lane.ts";
import { findOpenSession } from "./account/store-session.ts";
import { findEntrant } from "./account/store-sign-in.ts";
import { readCards } from "./card/store.ts";
import type { House } from "./db/house.ts";
import { behindWall } from "./db/wall.ts";
import { versionsOf } from "./me/store-versions.ts";
import { readParticipation } from "./participation/store.ts";
import { numbersOf } from "./register/store.ts";
import { findLastVisit } from "./visits/store.ts";
import { readVisits } from "./visits/store-json.ts";

/** A start waits no longer than this. */
const LONGEST_MS = 1000;
/** Of each of the two pools; more are opened when they are needed. */
const CONNECTIONS = 4;
/** Nobody has this id. */
const NOBODY = { personId: "0", hidesSensitive: false };
const PAGES = ["/", "/register", "/sign-in", "/help", "/api/v1/me/visits"];

/**
 * What the first requests after a start would otherwise pay for, in the first seconds all at once: connections, the
 * plans of the hottest statements on each of them, the first use of pages and of the password hash. Before anybody is
 * told that we are ready. Nothing of a person is read and nothing is written; what fails here fails nobody's start.
 * Begun before the addresses are made, which keeps the database waiting for nothing; `finish` does the rest.
 */
export function beginWarming(house: House): { finish(app: FastifyInstance): Promise<void> } {
  const begun = Promise.all([warmStatements(house), isSecret(undefined, "", true)]);
  begun.catch(() => undefined);
  return {
    async finish(app) {
      const pages = PAGES.map((url) => app.inject({ url, headers: { authorization: `Bearer ${"0".repeat(43)}` } }));
      const all = Promise.all([begun, ...pages]).catch((error: Error) =>
        house.log.warn({ reason: error.message }, "the first requests will be slower"),
      );
      const ended = new AbortController();
      await Promise.race([all, wait(LONGEST_MS, undefined, { signal: ended.signal }).catch(() => undefined)]);
      ended.abort();
    },
  };
}

async function warmStatements(house: House): Promise<void> {
  const { personId } = NOBODY;
  const list = { ...NOBODY, from: "1900-01-01", before: "3000-01-01", limit: 1 };
  await onEach(() => findOpenSession(house.db, Buffer.alloc(0), house.clock.now()));
  await behindWall([], async () => {
    await onEach(() => findEntrant(house.db, { kind: "bhxh", number: "" }, []));
    // Nobody is in the register: what these answer is thrown.
    await onEach(() =>
      readVisits(house.pool, { ...list, facility: undefined, after: undefined }).catch(() => undefined),
    );
    await onEach(() => versionsOf(house.pool, [personId]));
    await onEach(() => readCards(house.pool, personId).catch(() => undefined));
    await onEach(() => readParticipation(house.pool, personId).catch(() => undefined));
    await onEach(() => findLastVisit(house.db, NOBODY));
    await onEach(() => numbersOf(house.db, personId));
  });
}

/** At the same time, and so each time on another connection. */
const onEach = (ask: () => Promise<unknown>) => Promise.all(Array.from({ length: CONNECTIONS }, ask));
