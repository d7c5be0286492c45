/** The routes of a feature behind the real web, asked by one made-up citizen. For tests. */
import type { FastifyInstance } from "fastify";
import type { House } from "../db/house.ts";
import { type Actor, anyone } from "../kernel/actor.ts";
import type { Route } from "../web/route.ts";
import { createWeb } from "../web/server.ts";

/** The bearer token is the index into `actors`; no token is nobody. */
export async function openWeb(
  house: House,
  routes: readonly Route[],
  actors: readonly Actor[],
): Promise<FastifyInstance> {
  return createWeb(house, routes, async (_house, { bearer }) => actors[Number(bearer ?? "-1")] ?? anyone);
}

export const as = (index: number) => ({ authorization: `Bearer ${index}` });
