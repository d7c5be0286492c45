import { deviceLabel } from "../account/rules-next.ts";
import { deviceOfSession } from "../account/store-session.ts";
import type { PushSettings } from "../db/house.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import type { Lang } from "../kernel/words.ts";
import type { FieldFault } from "../ui/index.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { PushPage } from "./push-view.tsx";
import { listDevices } from "./store.ts";
import { subscribe } from "./subscribe.ts";
import { unsubscribe } from "./unsubscribe.ts";
import { words } from "./words.ts";

/** Notices on one's own devices: on and off for the one in hand, and off for each of the others. */
const AT = "/account/push";
const LABEL_MOST = 60;

async function show(ask: Ask): Promise<Reply> {
  return page(await view(ask));
}

async function view(ask: Ask, faults: readonly FieldFault[] = []) {
  const { publicKey } = pushOf(ask);
  const { personId, sessionId } = citizenFrom(ask);
  const { db } = ask.house;
  const here = await deviceOfSession(db, Buffer.from(sessionId, "hex"));
  const devices = (await listDevices(db, personId, publicKey)).map((device) => ({
    id: device.subscription_id,
    label: device.label,
    since: device.created_at,
    isHere: here?.equals(device.device_mark) ?? false,
  }));
  return <PushPage ask={ask} serverKey={publicKey} devices={devices} faults={faults} />;
}

async function turnOn(ask: Ask): Promise<Reply> {
  const { subscription = "" } = ask.form;
  const label = deviceLabel(ask.headers["user-agent"]).slice(0, LABEL_MOST);
  try {
    await subscribe(ask.house, citizenFrom(ask), { subscription, label, now: ask.now });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return page(await view(ask, sentencesOf(error.faults, ask.lang)), error.status);
  }
  return redirect(AT, words(ask.lang).onDone);
}

async function turnOff(ask: Ask): Promise<Reply> {
  pushOf(ask);
  await unsubscribe(ask.house, citizenFrom(ask), ask.form.device ?? "", ask.now);
  return redirect(AT, words(ask.lang).offDone);
}

/** Without keys there are no such pages. */
function pushOf({ house }: Ask): PushSettings {
  if (!house.settings.push) throw new NotFound("page");
  return house.settings.push;
}

function sentencesOf(faults: readonly Fault[], lang: Lang): FieldFault[] {
  const sentences = words(lang).faults;
  return faults.map(({ field, key, values }) => {
    const sentence = sentences[key as keyof typeof sentences];
    return { field, text: typeof sentence === "string" ? sentence : sentence(Number(values?.most)) };
  });
}

const own = { who: ["citizen"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...own, method: "GET", path: AT, handle: show }),
  pageRoute({ ...own, method: "POST", path: AT, handle: turnOn }),
  pageRoute({ ...own, method: "POST", path: `${AT}/ending`, handle: turnOff }),
];
