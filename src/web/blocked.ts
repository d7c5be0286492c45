import type { FastifyInstance } from "fastify";

/**
 * A process whose one thread stands – a long calculation, a heap that is full, a machine that swaps – answers nobody.
 * Whoever stands in front is told so at the first answer after it, and for a moment, in which another process does the
 * work: who stood once may do so again.
 */
interface Turns {
  /** Milliseconds by which a turn may come late. */
  lateMs: number;
  everyMs: number;
  /** How long it is told after a turn that came later. */
  toldMs: number;
}

const usual: Turns = { lateMs: 1500, everyMs: 200, toldMs: 2000 };

/** Answers whether the thread stood a moment ago; what is done before anybody may come does not count. */
export function watchTurns(app: FastifyInstance, { lateMs, everyMs, toldMs }: Turns = usual): () => boolean {
  let timer: NodeJS.Timeout | undefined;
  let turnedAt = 0;
  let stoodAt = Number.NEGATIVE_INFINITY;
  const turn = () => {
    const now = performance.now();
    if (now - turnedAt - everyMs > lateMs) stoodAt = now;
    turnedAt = now;
  };
  app.addHook("onListen", async () => {
    turnedAt = performance.now();
    timer = setInterval(turn, everyMs).unref();
  });
  app.addHook("onClose", async () => clearInterval(timer));
  return () => {
    if (!timer) return false;
    turn();
    return performance.now() - stoodAt < toldMs;
  };
}
