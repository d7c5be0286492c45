/** One provider's loop: leases what is due as far as the window is free, sends, marks. Providers never wait for each other. */
import { randomUUID } from "node:crypto";
import type { House } from "../db/house.ts";
import { isTimeTrusted } from "../timekeeping/trust.ts";
import { type Air, createAhead, createSky, type Place } from "./air.ts";
import { createBell } from "./bell.ts";
import type { Channel, Pace } from "./channel.ts";
import { watchClock } from "./clock-watch.ts";
import { type Courtesy, createCourtesy } from "./courtesy.ts";
import { type Gates, judge } from "./gate.ts";
import { createHeads } from "./heads.ts";
import type { Health } from "./health.ts";
import { createMarker, type Marker } from "./marker.ts";
import { type Answer, type Attempt, decide, keptOpen } from "./outcome.ts";
import { URGENT_LANE } from "./rules.ts";
import { isSafeTwice } from "./rules-receipts.ts";
import type { Share } from "./rules-shares.ts";
import type { Values } from "./rules-words.ts";
import { openSecrets } from "./secrets.ts";
import { type Observe, unobserved } from "./steps.ts";
import { type Claim, type Claimed, claim } from "./store.ts";
import type { Look } from "./store-suspects.ts";
import { watchSuspects } from "./suspects.ts";
import { createTurns, type Turns } from "./turns.ts";

export interface Lane {
  kick(): void;
  /** When its loop last came round, in milliseconds of the machine: a loop that hangs is seen. */
  turnedMs(): number;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

const LAST_LANE = 3;
const EVERY_LANE = [URGENT_LANE, LAST_LANE] as const;
/** No text for people holds more; what does would keep the line from all others. */
const LONGEST_VALUE = 2_000;
const LONGEST_EMPTY_MS = 15;

export interface LaneOptions {
  pace: Pace;
  health: Health;
  gates?: Gates;
  /** Which messages of the channel are this provider's now. */
  share(nowMs: number): Share;
  /** Its places on the air, and who writes its marks: shared with the other providers of the channel. */
  air?: Air;
  marker?: Marker;
  /** Another provider of the channel could tell it again. */
  hasOther?: boolean;
  /** What all lanes of this process are sending: none takes it over from another, however long its mark takes. */
  underWay?: Set<string>;
  /** Shared by all lanes of this process: a suspect has it for itself. */
  turns?: Turns;
  /** Shared by all lanes of this process: people at the web go first. */
  courtesy?: Courtesy;
  observe?: Observe;
}

export function runLane(house: House, channel: Channel, options: LaneOptions): Lane {
  const { pace, health, turns = createTurns(), courtesy = createCourtesy() } = options;
  const bell = createBell();
  let isStopping = false;
  /** More may be due than was claimed: the next free place in the window is used at once. */
  let hasMore = false;
  let turnedMs = performance.now();
  const ahead = createAhead(channel.window);
  const capacity = () => channel.window + ahead.size(performance.now());
  const refill = createRefill(channel.window, () => bell.ring());
  const hand = createHand(house, channel, { ...options, turns, courtesy }, () => {
    ahead.note(performance.now());
    if (hasMore) refill.freed(hand.size(), capacity());
  });
  const lookForSuspect = watchSuspects(house, {
    turns,
    scale: pace.scale,
    look: () => hand.want(EVERY_LANE, true),
    async sendOne() {
      turnedMs = performance.now();
      if (isStopping) return;
      await hand.take(EVERY_LANE, 1, true);
      await hand.emptied();
    },
  });

  async function loop(): Promise<void> {
    while (!isStopping) {
      turnedMs = performance.now();
      try {
        hasMore = await round();
      } catch (error) {
        house.log.error({ err: error, channel: channel.name }, "messages could not be claimed");
      }
      await bell.wait(pace.pollMs);
    }
    await hand.emptied();
  }

  async function round(): Promise<boolean> {
    const most = capacity();
    const nowMs = performance.now();
    const places = channel.isReady() ? health.allowance(most - hand.size(), nowMs) : 0;
    const free = Math.min(places, courtesy.allowance(nowMs));
    if (free <= 0 || turns.isClosed()) return hasMore;
    await lookForSuspect();
    const urgent = await hand.take([URGENT_LANE, URGENT_LANE], free);
    const room = Math.min(free - urgent, Math.floor(most / 2) - hand.bulk());
    const bulk = room > 0 ? await hand.take([URGENT_LANE + 1, LAST_LANE], room) : 0;
    return urgent === free || (room > 0 && bulk === room);
  }

  const running = loop();
  return {
    kick: () => bell.ring(),
    turnedMs: () => turnedMs,
    async stop() {
      isStopping = true;
      bell.ring();
      await running;
    },
  };
}

/** Leases come many at a time: at once when half of what may be held is free, else before the window itself stays empty. */
function createRefill(window: number, fill: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let isAsked = false;
  const fillNow = () => {
    clearTimeout(timer);
    timer = undefined;
    isAsked = false;
    fill();
  };
  return {
    freed(held: number, capacity: number): void {
      if (isAsked) return;
      if (held > capacity / 2) {
        if (held < window) timer ??= setTimeout(fillNow, LONGEST_EMPTY_MS);
        return;
      }
      // After all that one mark frees together.
      isAsked = true;
      setImmediate(fillNow);
    },
  };
}

type Lanes = Look["lanes"];

/** What one lane holds: leased together, carried each by itself. `freed`: one is through. */
function createHand(
  house: House,
  channel: Channel,
  options: LaneOptions & { turns: Turns; courtesy: Courtesy },
  freed: () => void,
) {
  const { pace, share, turns, underWay = new Set(), observe = unobserved } = options;
  const owner = randomUUID();
  const leaseMs = pace.leaseMs * pace.scale;
  const want = asker(house, channel, { leaseMs, share, underWay });
  const carry = carrier(house, channel, options);
  const heads = createHeads();
  const inFlight = new Map<string, { lane: number; done: Promise<void> }>();

  async function lease(lanes: Lanes, limit: number, suspects: boolean): Promise<number> {
    const wanted = want(lanes, suspects);
    const leaseEndsMs = performance.now() + leaseMs;
    observe("claiming");
    const leaseUntil = new Date(wanted.now.getTime() + leaseMs);
    const claimed = await claimFrom({ ...wanted, limit, owner, leaseUntil });
    if (claimed.length) observe("claimed");
    options.courtesy.note(claimed, wanted.now, performance.now());
    for (const notice of claimed) {
      const ended = turns.begin();
      const done = carry(notice, leaseEndsMs).finally(() => {
        inFlight.delete(notice.notice_id);
        underWay.delete(notice.notice_id);
        ended();
        freed();
      });
      underWay.add(notice.notice_id);
      inFlight.set(notice.notice_id, { lane: notice.lane, done });
    }
    return claimed.length;
  }

  const nothing = (error: unknown): Claimed[] => {
    house.log.error({ err: error, channel: channel.name }, "messages could not be claimed");
    return [];
  };

  /** From the place where the last look began, if there was enough from there on. */
  async function claimFrom(all: Claim): Promise<Claimed[]> {
    const from = all.suspects ? undefined : heads.of(all.lanes, performance.now());
    const claimed = await claim(house.db, { ...all, from });
    if (from && claimed.length === all.limit) return claimed;
    const limit = all.limit - claimed.length;
    // What the first look leased is sent, whatever becomes of the second.
    const found = from ? await claim(house.db, { ...all, limit }).catch(nothing) : claimed;
    if (!all.suspects) heads.note(all.lanes, found, limit, performance.now());
    return from ? [...claimed, ...found] : found;
  }

  return {
    want,
    /** Leases and begins at most so many; answers how many. None while a suspect is alone, but that one. */
    async take(lanes: Lanes, limit: number, suspects = false): Promise<number> {
      if (turns.isClosed() && !suspects) return 0;
      const ended = turns.begin();
      return lease(lanes, limit, suspects).finally(ended);
    },
    size: () => inFlight.size,
    bulk: () => [...inFlight.values()].filter(({ lane }) => lane > URGENT_LANE).length,
    emptied: () => Promise.all([...inFlight.values()].map(({ done }) => done)),
  };
}

/** What a lane asks the outbox for, as things stand at this moment. */
function asker(
  house: House,
  channel: Channel,
  given: Pick<LaneOptions, "share"> & { leaseMs: number; underWay: Set<string> },
) {
  const watch = watchClock(house.clock);
  /** Since the clock jumped, a lease may look over that is not: what others send is left alone for so long. */
  let takesOverFrom = 0;
  return (lanes: Lanes, suspects: boolean): Look => {
    if (watch.jumpedBy() !== 0) takesOverFrom = performance.now() + given.leaseMs;
    return {
      channel: channel.name,
      lanes,
      provider: channel.provider,
      now: house.clock.now(),
      inFlight: [...given.underWay],
      share: given.share(performance.now()),
      mayTakeOver: performance.now() >= takesOverFrom,
      suspects,
    };
  };
}

/** The place in the window is given back only when the mark is on disk. */
function carrier(house: House, channel: Channel, options: LaneOptions) {
  const { pace, health, gates = {}, hasOther = false, observe = unobserved } = options;
  const { air = createSky(channel.window).line(channel.window) } = options;
  const { marker = createMarker(house, channel.window) } = options;
  const isLost = (leaseEndsMs: number) => performance.now() > leaseEndsMs - pace.answerMs;
  return async (notice: Claimed, leaseEndsMs: number): Promise<void> => {
    const place = await air.enter(notice.lane === URGENT_LANE);
    // Leased ahead of a provider that is no longer there for it: another one takes it at once, and no try is spent.
    const isBack = place.hasWaited && (!channel.isReady() || !health.isIn() || isLost(leaseEndsMs));
    await (isBack ? giveBack(notice) : carryOut(notice, leaseEndsMs, place)).finally(() => place.leave());
  };

  async function giveBack(notice: Claimed): Promise<void> {
    const now = house.clock.now();
    const mark = decide(
      attemptOf(notice, channel, hasOther),
      { kind: "wait", error: "given_back", until: now },
      now,
      0,
    );
    await marker.write(channel.provider, mark);
  }

  async function carryOut(notice: Claimed, leaseEndsMs: number, place: Place): Promise<void> {
    const attempt = attemptOf(notice, channel, hasOther);
    const settle = (answer: Answer) => {
      const now = house.clock.now();
      const mark = decide(attempt, answer, now, Math.random(), pace.scale);
      return marker.write(channel.provider, isTimeTrusted(house.clock) ? mark : keptOpen(mark, now, pace.scale));
    };
    const stop = await stopAtGate(house, gates, notice);
    if (stop) return settle(stop);
    observe("calling");
    const startedMs = performance.now();
    // A sender that was stopped for longer than its lease must not call any more: somebody else has the message.
    if (isLost(leaseEndsMs)) return settle({ kind: "later", error: "lease_ended", isDown: false });
    const called = marker.calling();
    const answer = await callOut(house, channel, notice, (late) => void settle(late)).finally(() => {
      called();
      place.answered();
    });
    if (!channel.judgesItself) health.note(answer, performance.now() - startedMs, performance.now());
    observe("answered");
    await settle(answer);
    observe("answer_stored");
  }
}

/** A verdict by a clock that is not believed waits for a better one. */
const UNBELIEVED_WAIT_MS = 60_000;

/** Undefined: it may go out. A gate that cannot be asked keeps its message for later. */
async function stopAtGate(house: House, gates: Gates, notice: Claimed): Promise<Answer | undefined> {
  try {
    const verdict = await judge(house, gates, notice);
    if (verdict === "send") return undefined;
    if (!isTimeTrusted(house.clock)) {
      const until = new Date(house.clock.now().getTime() + UNBELIEVED_WAIT_MS);
      return { kind: "wait", error: "clock_not_believed", until };
    }
    if (verdict === "overtaken") return { kind: "overtaken", error: "overtaken" };
    if (verdict === "known_dead") return { kind: "refused", error: "known_dead" };
    if ("endsAs" in verdict) return { kind: "overtaken", error: verdict.endsAs };
    return { kind: "wait", error: "not_at_this_hour", until: verdict.waitUntil };
  } catch (error) {
    house.log.error({ err: error, noticeId: notice.notice_id }, "a message could not be judged");
    return { kind: "later", error: "fault", isDown: false };
  }
}

async function callOut(
  house: House,
  channel: Channel,
  notice: Claimed,
  tellLate: (answer: Answer) => void,
): Promise<Answer> {
  let values: Values = notice.fields;
  try {
    if (notice.sealed_fields) {
      values = { ...values, ...openSecrets(house.vault, notice.dedupe_key, notice.sealed_fields) };
    }
  } catch {
    return { kind: "refused", error: "secret_unreadable" };
  }
  if (Object.values(values).some((value) => value.length > LONGEST_VALUE))
    return { kind: "refused", error: "too_long" };
  try {
    return await channel.send(notice, values, tellLate);
  } catch (error) {
    house.log.error({ err: error, noticeId: notice.notice_id }, "a message could not be made");
    return { kind: "later", error: "fault", isDown: false };
  }
}

const attemptOf = (notice: Claimed, channel: Channel, hasOther: boolean): Attempt => ({
  noticeId: notice.notice_id,
  fence: notice.fence,
  class: notice.class,
  queuedAt: notice.queued_at,
  dueAt: notice.due_at,
  tries: notice.tries,
  reportsDelivery: channel.reportsDelivery,
  isRepeatable:
    channel.reportsDelivery &&
    hasOther &&
    notice.repeat_of === null &&
    isSafeTwice({ ...notice, channel: channel.name }),
});
