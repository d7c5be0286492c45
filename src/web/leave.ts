import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";

/**
 * How the web leaves without cutting anybody off. From the first moment /readyz says no and every answer closes its
 * connection; requests are still taken, because whoever stands in front learns of it only at the next look. After that
 * the listener closes, and what is under way is answered.
 */
const leaving = new WeakSet<FastifyInstance>();

export const isLeaving = (app: FastifyInstance): boolean => leaving.has(app);

export function mountLeave(app: FastifyInstance): void {
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (isLeaving(app)) reply.header("connection", "close");
    done(null, payload);
  });
}

/** `graceMs`: how long requests are still taken; longer than the time between two looks of what stands in front. */
export async function leave(app: FastifyInstance, graceMs: number): Promise<void> {
  leaving.add(app);
  if (graceMs > 0) await wait(graceMs);
  await app.close();
}
