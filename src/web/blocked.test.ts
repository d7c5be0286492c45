import { setTimeout as wait } from "node:timers/promises";
import Fastify from "fastify";
import { expect, it } from "vitest";
import { watchTurns } from "./blocked.ts";

function stand(ms: number): void {
  const endsAt = performance.now() + ms;
  while (performance.now() < endsAt);
}

it("F27: a process whose thread stood says so, and a moment later is well again", async () => {
  const app = Fastify();
  const stood = watchTurns(app, { lateMs: 60, everyMs: 10, toldMs: 50 });
  stand(90);
  await app.listen({ host: "127.0.0.1", port: 0 });
  try {
    await wait(20);
    expect(stood()).toBe(false);
    stand(90);
    expect(stood()).toBe(true);
    await wait(100);
    expect(stood()).toBe(false);
  } finally {
    await app.close();
  }
});
