/** Notices on people's own devices as one more way out, beside SMS and e-mail and never in their way. */
import type { House, PushSettings } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { isAllowed, keepMinutes, type Subscription, worthUntil } from "../push/rules.ts";
import { openSubscription } from "../push/seal.ts";
import { dropDevices, findDevice } from "../push/store.ts";
import type { Channel, Pace } from "./channel.ts";
import type { Answer } from "./outcome.ts";
import { openPush, type PushLink } from "./push.ts";
import { shownOnDevices, topicOf, urgencyOf } from "./rules-push.ts";
import type { TemplateName } from "./rules-templates.ts";
import type { Values } from "./rules-words.ts";
import type { Claimed } from "./store.ts";
import { renderPush } from "./templates.ts";
import { sentencesOf } from "./wording.ts";
import { pushWords } from "./words-push.ts";

export function pushChannel(house: House, pace: Pace, push: PushSettings): Channel {
  const link = openPush({
    keys: push,
    contact: push.contact,
    answerMs: pace.answerMs,
    healthPace: { probeMs: pace.probeMs * pace.scale, slowMs: pace.slowMs, stepMs: pace.stepMs * pace.scale },
    now: () => house.clock.now(),
  });
  return {
    name: "push",
    provider: "push",
    weight: 1,
    window: pace.pushWindow,
    judgesItself: true,
    reportsDelivery: false,
    isReady: () => true,
    send: (notice, values) => sendTo(house, push, link, notice, values),
    async stop() {
      link.stop();
    },
  };
}

/** Asked at the last moment: the device may have been switched off, signed out or closed since the message was queued. */
async function sendTo(
  house: House,
  push: PushSettings,
  link: PushLink,
  notice: Claimed,
  values: Values,
): Promise<Answer> {
  const personId = notice.person_id ?? "";
  const subscriptionId = notice.recipient;
  const device = await findDevice(house.db, personId, subscriptionId);
  if (device?.server_key !== push.publicKey) return ended("push_stopped");
  const subscription = openSubscription(house.vault, subscriptionId, device.sealed_subscription);
  if (!isAllowed(subscription.endpoint, push.hosts)) return { kind: "refused", error: "push_host" };
  const now = house.clock.now();
  const kept = await policyOn(house.db, keepMinutes, dayOf(now));
  const until = worthUntil({ class: notice.class, dueAt: notice.due_at, queuedAt: notice.queued_at }, kept);
  if (until <= now) return ended("push_outlived");
  const keepSeconds = Math.ceil((until.getTime() - now.getTime()) / 1000);
  const body = renderPush(notice.template as TemplateName, notice.lang, values, await sentencesOf(house, notice));
  const answer = await link.send(messageOf(notice, body, subscription, keepSeconds));
  if (answer.kind !== "refused" || answer.error !== "push_gone") return answer;
  await dropDevices(house.db, personId, { subscriptionId });
  return ended("push_gone");
}

/** Nobody needs to look after it: the person has ended it, or has another way. */
const ended = (error: string): Answer => ({ kind: "overtaken", error });

function messageOf(notice: Claimed, body: string, subscription: Subscription, keepSeconds: number) {
  const template = notice.template as TemplateName;
  const topic = topicOf({
    class: notice.class,
    template,
    declarationId: notice.declaration_id,
    personId: notice.person_id,
    dedupeKey: notice.dedupe_key,
  });
  const payload = JSON.stringify({
    id: notice.notice_id,
    tag: topic,
    title: pushWords(notice.lang).title,
    body,
    lang: notice.lang,
    url: shownOnDevices[template]?.opens ?? "/app",
  });
  return { subscription, payload, keepSeconds, urgency: urgencyOf[notice.class], topic };
}
