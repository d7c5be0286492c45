import type { FastifyInstance } from "fastify";
import type { House } from "../db/house.ts";
import { noteAsk, noteMiss } from "../guesses/tally.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Tells whether a number, code or password is right (rates.ts). */
    isGuess?: boolean;
  }
}

/** Whoever is refused at a door that tells whether something is right is counted; by whom and for whom is not. */
export function mountGuesses(app: FastifyInstance, house: House): void {
  app.addHook("onResponse", (request, reply, done) => {
    if (request.routeOptions.config.isGuess) {
      noteAsk(house);
      if (reply.statusCode >= 400 && reply.statusCode < 500) noteMiss(house);
    }
    done();
  });
}
