/** What one page costs a cheap telephone on slow 3G: bytes, requests, script, and when it can be read. */
import { gzipSync } from "node:zlib";
import { type Browser, type BrowserContext, chromium, devices, type Page } from "@playwright/test";

/** 400 ms there and back and 400 kbit/s each way, or nothing at all. */
const wires = {
  slow3g: { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 },
  offline: { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 },
};
/** Of the processor of a cheap telephone. */
const CPU_SLOWER = 4;
/** A task longer than this blocks: what is above it counts. */
const TASK_MS = 50;

export interface PageCost {
  path: string;
  /** Text and styles as they travelled. */
  bytes: number;
  /** The document and what blocks its first paint. */
  requests: number;
  scriptBytes: number;
  /** The style text of the page, compressed by itself. */
  styleBytes: number;
  lcpMs: number;
  cls: number;
  tbtMs: number;
  /** The slowest answer to a key or a finger, from the press to the next paint. */
  inpMs: number;
}

export async function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/** Opened with an empty cache each time; `cookie` is the session of whoever is signed in. */
export async function costOf(browser: Browser, address: string, cookie?: string): Promise<PageCost> {
  const context = await browser.newContext({ ...devices["Pixel 5"], locale: "vi-VN" });
  try {
    if (cookie) await context.addCookies([{ name: "vssid_session", value: cookie, url: address }]);
    const page = await slowPage(context);
    const reply = await page.goto(address, { waitUntil: "load" });
    if (reply?.status() !== 200) throw new Error(`${address} answered ${reply?.status()}`);
    // Where nothing was painted yet, every task of the loading would count as blocking.
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    await page.waitForTimeout(500);
    const seen = await page.evaluate(readCost, TASK_MS);
    const inpMs = await pressAround(page);
    const { style, ...cost } = seen;
    return { path: new URL(page.url()).pathname, ...cost, inpMs, styleBytes: gzipSync(style).length };
  } finally {
    await context.close();
  }
}

/** Keys that lead on, and a finger on the title. */
async function pressAround(page: Page): Promise<number> {
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("Tab");
  await page.evaluate(() => scrollTo(0, 0));
  const title = await page.locator("main h1").first().boundingBox();
  if (title) await page.mouse.click(title.x + 2, title.y + 2);
  await page.waitForTimeout(300);
  return page.evaluate(() => (window as unknown as { seen: Seen }).seen.inpMs);
}

/** `offline`: no wire at all; the delay of a slow one would be added to answers that never leave the telephone. */
export async function slowPage(context: BrowserContext, wire: "slow3g" | "offline" = "slow3g"): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(watch);
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", wires[wire]);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWER });
  return page;
}

interface Seen {
  lcpMs: number;
  cls: number;
  inpMs: number;
  tasks: { at: number; ms: number }[];
}

/** Runs in the page before anything else: keeps what the browser tells of painting, shifting and long tasks. */
function watch(): void {
  const seen: Seen = { lcpMs: 0, cls: 0, inpMs: 0, tasks: [] };
  Object.assign(window, { seen });
  const on = (type: string, take: (entry: PerformanceEntry & { value?: number; interactionId?: number }) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      ...{ type, buffered: true },
      ...(type === "event" ? { durationThreshold: 16 } : {}),
    });
  on("event", ({ interactionId, duration }) => {
    if (interactionId) seen.inpMs = Math.max(seen.inpMs, duration);
  });
  on("largest-contentful-paint", (entry) => {
    seen.lcpMs = entry.startTime;
  });
  on("layout-shift", (entry) => {
    seen.cls += entry.value ?? 0;
  });
  on("longtask", ({ startTime, duration }) => {
    seen.tasks.push({ at: startTime, ms: duration });
  });
}

function readCost(taskMs: number) {
  const { seen } = window as unknown as { seen: Seen };
  const [document_] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const loaded = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  const blocking = loaded.filter(
    (one) => (one as unknown as { renderBlockingStatus: string }).renderBlockingStatus === "blocking",
  );
  const sum = (all: PerformanceResourceTiming[], of: "encodedBodySize" | "decodedBodySize") =>
    all.reduce((total, one) => total + one[of], 0);
  const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  return {
    bytes: (document_?.encodedBodySize ?? 0) + sum(blocking, "encodedBodySize"),
    requests: 1 + blocking.length,
    scriptBytes: sum(
      loaded.filter(({ initiatorType }) => initiatorType === "script"),
      "decodedBodySize",
    ),
    style: [...document.querySelectorAll("style")].map((one) => one.textContent).join(""),
    lcpMs: seen.lcpMs,
    cls: seen.cls,
    tbtMs: seen.tasks.filter(({ at }) => at >= painted).reduce((total, { ms }) => total + Math.max(0, ms - taskMs), 0),
  };
}
