import { every, langOfPage, listen, one, part } from "../kernel/in-page.ts";
import { changeKept, readKept, wipeKept } from "./locker.ts";
import { button, make } from "./make.ts";
import { secretOf } from "./passkey-lock.ts";
import { pinPad } from "./pin-pad.ts";
import { type KeptDocument, TRIES_MOST } from "./rules.ts";
import { say } from "./say.ts";
import { type KeptRecord, openRecord, WrongKey } from "./seal.ts";
import { cardsView } from "./show-cards.ts";
import { writtenSeconds } from "./wall-clock.ts";
import { offlineWords } from "./words-offline.ts";

/**
 * What a service worker shows when there is no network: on the card's own places the card kept on this telephone, on
 * all others an honest word and the way back.
 */
const CARD_PLACES = ["/app", "/app/card", "/app/offline"];
/** Out of sight for longer, the card asks for the PIN again. */
const HIDDEN_MOST_MS = 60_000;
const CLOCK_OFF_MS = 3_600_000;

let said = offlineWords("vi");
/** The server's clock less this telephone's, once it was heard, ms. */
let skewMs: number | undefined;
const place = one(HTMLElement, "#kept");
if (place) void start();

async function start(): Promise<void> {
  const kept = await readKept().catch(() => "denied" as const);
  speak(kept && kept !== "denied" ? kept.lang : langOfPage());
  if (!CARD_PLACES.includes(location.pathname.replace(/\/$/, ""))) return showNoNetwork();
  if (kept === "denied") return show(said.title, make("p", {}, said.denied));
  if (!kept) return showNothing(said.none);
  showLock(kept);
  await contact(kept);
}

function speak(lang: "vi" | "en"): void {
  said = offlineWords(lang);
  part(HTMLHtmlElement, "html").lang = lang;
}

function show(title: string, ...content: (Node | undefined)[]): void {
  part(HTMLTitleElement, "title").textContent = `${title} – VssID`;
  place?.replaceChildren(make("h1", {}, title), ...content.filter((one) => one !== undefined));
}

function showNoNetwork(): void {
  const acts = make(
    "div",
    { class: "acts" },
    button(said.retry, () => location.reload()),
    button(said.back, () => history.back(), "button quiet"),
  );
  const card = make("a", { href: "/app/offline" }, said.toCard);
  show(said.offline, make("p", { class: "lead" }, said.offlineHelp), acts, make("p", {}, card));
}

function showNothing(why: string): void {
  const again = make("a", { class: "button", href: "/app" }, said.retry);
  show(said.title, make("p", { class: "lead" }, why), make("p", {}, said.noneHelp), again);
}

/** Says to the server that this telephone is here; one that was given up wipes the card at once. */
async function contact(kept: KeptRecord): Promise<void> {
  const answer = navigator.onLine ? await say("kept-cards/contact", { handle: kept.handle }) : undefined;
  if (!answer?.ok) return;
  const { mayKeep, at, handle } = (await answer.json()) as { mayKeep: boolean; at: string; handle?: string };
  skewMs = Date.parse(at) - Date.now();
  if (mayKeep) {
    if (handle) await changeKept((record) => (record.handle === kept.handle ? { ...record, handle } : record));
    place?.append(make("p", {}, make("a", { href: "/app" }, said.online)));
    return;
  }
  await wipeKept();
  showNothing(said.gone);
}

function showLock({ lock }: KeptRecord): void {
  if (lock.kind === "passkey") {
    const alert = make("p", { class: "error", role: "alert" });
    const open = async (): Promise<void> => {
      alert.textContent = "";
      const secret = await secretOf(lock).catch(() => undefined);
      if (!secret || !(await tried(secret))) alert.textContent = said.passkeyFailed;
    };
    show(
      said.title,
      alert,
      button(said.passkey, () => void open()),
    );
    return;
  }
  const pad = pinPad(said, async (pin) => {
    if (await tried(pin)) return;
    pad.clear();
    const left = (await readKept())?.triesLeft ?? 0;
    if (left > 0) {
      pad.say(said.wrong(left));
      pad.focus();
    }
  });
  show(said.title, make("p", {}, said.enter), pad.element);
  pad.focus();
}

/** The try is written down before it is made: closing the page saves none. */
async function tried(secret: string | Uint8Array<ArrayBuffer>): Promise<boolean> {
  const record = await changeKept((kept) => ({ ...kept, triesLeft: kept.triesLeft - 1 }));
  if (!record || record.triesLeft < 0) {
    await wipe(record);
    return false;
  }
  try {
    const opened = await openRecord(record, secret);
    await changeKept((kept) => ({ ...kept, triesLeft: TRIES_MOST }));
    showCards(record, opened);
    return true;
  } catch (error) {
    if (!(error instanceof WrongKey)) throw error;
    if (record.triesLeft === 0) await wipe(record);
    return false;
  }
}

async function wipe(record: KeptRecord | undefined): Promise<void> {
  await wipeKept();
  if (record) void say("kept-cards/removal", { handle: record.handle });
  showNothing(said.wiped);
}

function showCards(record: KeptRecord, opened: KeptDocument): void {
  const saidAt = Date.parse(opened.at);
  const isBehind = Date.now() < saidAt - CLOCK_OFF_MS;
  const isOff = skewMs !== undefined && Math.abs(skewMs) > CLOCK_OFF_MS;
  const now = () => Math.max(Date.now() + (isOff ? (skewMs ?? 0) : 0), saidAt);
  const warning = isOff
    ? said.clockOff(Math.round(Math.abs(skewMs ?? 0) / 3_600_000))
    : isBehind
      ? said.clockBehind
      : undefined;
  const lockAgain = (): void => {
    stop();
    showLock(record);
  };
  show(
    said.title,
    warning ? make("p", { class: "kept-clock", role: "alert" }, warning) : undefined,
    cardsView({ document: opened, said, now: now() }),
    make("div", { class: "acts" }, button(said.lock, lockAgain, "button quiet")),
  );
  const stop = liven(now, lockAgain);
}

/** Awake and with a running clock while it is shown; locked again after a while out of sight. */
function liven(now: () => number, lockAgain: () => void): () => void {
  let awake: WakeLockSentinel | undefined;
  let hiddenAt: number | undefined;
  const stayAwake = async (): Promise<void> => {
    awake = await navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  const seen = (): void => {
    if (Reflect.get(Document.prototype, "visibilityState", document) === "hidden") {
      hiddenAt = Date.now();
      return;
    }
    if (hiddenAt !== undefined && Date.now() - hiddenAt > HIDDEN_MOST_MS) lockAgain();
    else void stayAwake();
  };
  const tick = setInterval(() => {
    for (const line of every(HTMLElement, ".kept-now")) line.textContent = said.now(writtenSeconds(now()));
  }, 1000);
  listen(document, "visibilitychange", seen);
  void stayAwake();
  return () => {
    clearInterval(tick);
    EventTarget.prototype.removeEventListener.call(document, "visibilitychange", seen);
    void awake?.release();
  };
}
