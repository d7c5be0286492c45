/** Providers of texts that are away, hang, are too busy, drop a window, or take a message and swallow it. */

import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Pdu, Session } from "smpp";
import type { SmsProvider } from "../src/db/house.ts";
import { accept, type OnSubmit } from "../src/notices/providers.fixture.ts";
import { quickPace } from "./notices-plan.ts";
import { deliver, type Stand } from "./notices-stand.ts";
import { fill, rowsOf } from "./notices-store.ts";
import { judge, judgeCounted, type Told, type Trial } from "./trial.ts";
import { slowly } from "./trials-kill.ts";

const THROTTLED = 0x58;

const away: Trial = {
  name: "one provider is not there",
  async run(stand) {
    await stand.open(deliver);
    const gone: SmsProvider = { kind: "smpp", name: "b", weight: 50, receipts: true, url: "smpp://t:t@127.0.0.1:1" };
    return both(stand, gone, 200);
  },
};

const hanging: Trial = {
  name: "one provider takes the connection and says nothing",
  async run(stand) {
    const held = new Set<Socket>();
    const silent = createServer((socket) => held.add(socket.on("error", () => undefined)));
    const port = await listen(silent);
    await stand.open(deliver);
    const mute: SmsProvider = {
      kind: "smpp",
      name: "b",
      weight: 50,
      receipts: true,
      url: `smpp://t:t@127.0.0.1:${port}`,
    };
    const told = await both(stand, mute, 200);
    for (const socket of held) socket.destroy();
    silent.close();
    return told;
  },
};

async function both(stand: Stand, other: SmsProvider, count: number): Promise<Told> {
  await fill(stand.ground.pool, { count });
  await stand.sender({ providers: [...stand.providers(), other] });
  const isSettled = await stand.settled(20);
  return judge(await stand.outcome(), {}, isSettled);
}

/** Back-pressure, not failure: no try is spent, no other way is needed, and the window is never exceeded. */
const throttled: Trial = {
  name: "the only provider answers that it is too busy, every other time",
  async run(stand) {
    let asked = 0;
    const taken = new Map<string, number>();
    const under = measured((session, pdu, count) => {
      asked += 1;
      if (asked % 2 === 1) return void session.send(pdu.response({ command_status: THROTTLED }));
      note(taken, pdu);
      return accept(session, pdu, count);
    });
    await stand.open(under.script);
    await fill(stand.ground.pool, { count: 60 });
    await stand.sender();
    const isSettled = await stand.settled(40);
    const rows = await rowsOf(stand.ground.pool);
    const mostTries = Math.max(...rows.map(({ tries }) => tries));
    const isRight = isSettled && mostTries === 1 && under.most() <= quickPace.smsWindow;
    const more = `tries spent at most ${mostTries} (goal 1), under way at once at most ${under.most()} (goal ${quickPace.smsWindow})`;
    return judge(await stand.outcome(taken), {}, isRight, more);
  },
};

const window: Trial = {
  name: "500 messages to a provider that takes 30 ms: the window is never exceeded",
  async run(stand) {
    const under = measured(deliver, 30);
    await stand.open(under.script);
    await fill(stand.ground.pool, { count: 500 });
    await stand.sender();
    const isSettled = await stand.settled(20);
    const most = under.most();
    const isRight = isSettled && most <= quickPace.smsWindow;
    return judge(await stand.outcome(), {}, isRight, `under way at once at most ${most} (goal ${quickPace.smsWindow})`);
  },
};

/** All of the window has arrived, a third is answered, then the line is cut: the rest may have gone out, and did. */
const dropping: Trial = {
  name: "a provider drops the line in the middle of a window",
  async run(stand) {
    let arrived = 0;
    let isCut = false;
    await stand.open((session, pdu, count) => {
      arrived += 1;
      if (isCut || arrived <= 5) return accept(session, pdu, count);
      if (arrived < quickPace.smsWindow) return;
      isCut = true;
      // What was answered is on its way by then: a reset would take it back from the wire.
      setTimeout(() => session.socket.resetAndDestroy(), 50);
    });
    await fill(stand.ground.pool, { count: quickPace.smsWindow });
    await stand.sender();
    const isSettled = await stand.settled(20);
    return judge(await stand.outcome(), { twice: quickPace.smsWindow - 5 }, isSettled);
  },
};

/** One in twenty is taken and never delivered; its report never comes. */
const swallowing: Trial = {
  name: "a provider swallows one text in twenty (F30)",
  async run(stand) {
    const reached = new Map<string, number>();
    let taken = 0;
    let swallowed = 0;
    await stand.open(
      (session, pdu, count) => {
        taken += 1;
        if (taken % 20 === 0) {
          swallowed += 1;
          return accept(session, pdu, count);
        }
        note(reached, pdu);
        return deliver(session, pdu, count);
      },
      (session, pdu, count) => {
        note(reached, pdu);
        deliver(session, pdu, 1_000_000 + count);
      },
    );
    await fill(stand.ground.pool, { count: 300 });
    await stand.sender();
    const isSettled = await repeated(stand, () => swallowed);
    const rows = await rowsOf(stand.ground.pool);
    const unsure = rows.filter(({ state, unconfirmed_at: at }) => state === "sent" && at !== null).length;
    const again = rows.filter(({ repeat_of: of }) => of !== null);
    const isRight = isSettled && swallowed > 0 && unsure === swallowed && again.length === swallowed;
    const more = `${swallowed} swallowed, ${unsure} shown as not confirmed, ${again.length} told again by the other`;
    return judge(await stand.outcome(reached), {}, isRight, more);
  },
};

/** The wait for a report is nine seconds here. */
async function repeated(stand: Stand, swallowed: () => number): Promise<boolean> {
  for (let second = 0; second < 30; second += 1) {
    await wait(1000);
    const rows = await rowsOf(stand.ground.pool);
    const delivered = rows.filter(({ state }) => state === "delivered").length;
    if (rows.length === 300 + swallowed() && delivered === 300) return true;
  }
  return false;
}

/** What one row of the outbox cannot do to the others. */
const poison: Trial = {
  name: "messages that cannot be made or addressed stand among good ones (F17)",
  async run(stand) {
    await stand.open((session, pdu, count) => {
      if (pdu.destination_addr === "841") session.send(pdu.response({ command_status: 0x0b }));
      else deliver(session, pdu, count);
    });
    const bad = await fill(stand.ground.pool, { count: 20, dueInMs: 1000, template: "no_such_template" });
    const huge = await fill(stand.ground.pool, { count: 1 });
    await stand.ground.pool.query(
      "update notice set fields = jsonb_build_object('at', repeat('x', 10000000)) where recipient = any($1)",
      [huge],
    );
    const good = await fill(stand.ground.pool, { count: 100, dueInMs: 60_000 });
    const startedAt = performance.now();
    await stand.sender();
    const isSent = async () => {
      const rows = await rowsOf(stand.ground.pool);
      return rows.filter(({ recipient, sent_at: at }) => at && good.includes(recipient)).length === good.length;
    };
    while (!(await isSent()) && performance.now() - startedAt < 15_000) await wait(50);
    const seconds = (performance.now() - startedAt) / 1000;
    const stuck = (await rowsOf(stand.ground.pool)).filter(
      ({ recipient, last_error: why }) => bad.includes(recipient) && why === "fault",
    );
    const isHeld = (await isSent()) && stuck.length === bad.length;
    return {
      isHeld,
      what: `100 good ones out in ${seconds.toFixed(1)} s, ${stuck.length} of 20 kept and shown with their reason`,
    };
  },
};

const databaseDies = (how: "SIGKILL" | "SIGINT", says: string): Trial => ({
  name: `the database ${says} in the middle, twice`,
  async run(stand) {
    await stand.open(slowly(deliver, 10), slowly(deliver, 10));
    await fill(stand.ground.pool, { count: 2000 });
    await stand.sender();
    for (let at = 0; at < 2; at += 1) {
      await wait(500);
      await stand.ground.killDatabase?.(how);
    }
    const isSettled = await stand.settled(60);
    return judgeCounted(await stand.outcome(), isSettled);
  },
});

export const databaseTrials = [databaseDies("SIGKILL", "is killed (-9)"), databaseDies("SIGINT", "is restarted")];
export const smsTrials = [away, hanging, throttled, window, dropping, swallowing, poison];

function note(counts: Map<string, number>, pdu: Pdu): void {
  const phone = (pdu.destination_addr ?? "").replace(/^84/, "0");
  counts.set(phone, (counts.get(phone) ?? 0) + 1);
}

/** How many calls were under way at once, as the provider sees it. */
function measured(script: OnSubmit, answerAfterMs = 5): { script: OnSubmit; most(): number } {
  let open = 0;
  let most = 0;
  return {
    most: () => most,
    script(session: Session, pdu: Pdu, count: number) {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        script(session, pdu, count);
      }, answerAfterMs);
    },
  };
}

export function listen(server: Server): Promise<number> {
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done((server.address() as AddressInfo).port));
  });
}
