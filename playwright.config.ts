import { defineConfig, devices } from "@playwright/test";
import { browserShell, wholeBrowser } from "./test/browsers.ts";
import type { JourneyOptions } from "./test/journeys/fixtures.ts";

const quietChromium = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // What draws lives with what asks for it: a process less to wake.
  "--in-process-gpu",
];

/** What can do more where there is script: keys, passkeys, pictures. All else is the same page with and without. */
const livesWithScript = /lives\/(clobbered|counter-keys|factors-passkey|offline-\w+|papers-(photos|scan))\.spec\.ts$/;
/** Cameras and notices are not in the shell; all else is, for a third of the work. */
const livesOfWhole = /lives\/(papers-camera|push-\w+)\.spec\.ts$/;
/** From the first question to the record: what pages ask of the database is asked of both. */
const onBothDatabases = /stories\/main\.spec\.ts$/;
/** Of what is typed and sent as it is, script changes nothing. */
const sameWithScript = /stories\/plain-answers\.spec\.ts$/;
/** A telephone without a network and without script can do nothing at all; and where no script runs, nothing leads it astray. */
const livesOfScript = /lives\/(clobbered|offline-\w+)\.spec\.ts$/;

/**
 * The main stories run on a phone, with script and without, the longest on both databases; the many lives around them on
 * one, without script; pages are also measured and read by axe.
 */
export default defineConfig<Record<never, never>, JourneyOptions>({
  testDir: "test/journeys",
  globalSetup: "./test/journeys/clusters-setup.ts",
  outputDir: "test-results/journeys",
  // As many as cores. A third makes everything wait: 9 lives in 110 s instead of 97, for a seventh more work.
  workers: 2,
  timeout: 120_000,
  forbidOnly: true,
  retries: 0,
  use: {
    ...devices["Pixel 5"],
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    // A trace of every step costs a third of a life: it is asked for, `VSSID_TRACE=1`, when one has failed.
    trace: process.env.VSSID_TRACE ? "on" : "off",
    // Nothing here looks at single points of the screen: a seventh of them is drawn.
    deviceScaleFactor: 1,
    actionTimeout: 10_000,
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: { executablePath: browserShell(), args: quietChromium },
  },
  projects: [
    // The longest first, side by side: the short ones then fill all workers to the end.
    { name: "pages", testMatch: "pages-*.spec.ts", use: { postgres: "pg18" as const } },
    {
      name: "pg18-script",
      testMatch: "stories/*.spec.ts",
      testIgnore: sameWithScript,
      use: { postgres: "pg18" as const },
    },
    { name: "pg15-script", testMatch: onBothDatabases, use: { postgres: "pg15" as const } },
    {
      name: "pg18-noscript",
      testMatch: "stories/*.spec.ts",
      use: { postgres: "pg18" as const, javaScriptEnabled: false },
    },
    {
      name: "lives-script",
      testMatch: livesWithScript,
      use: { postgres: "pg18" as const },
    },
    {
      name: "lives-whole",
      testMatch: livesOfWhole,
      use: { postgres: "pg18" as const, launchOptions: { executablePath: wholeBrowser(), args: quietChromium } },
    },
    {
      name: "lives-noscript",
      testMatch: "lives/*.spec.ts",
      testIgnore: livesOfScript,
      use: { postgres: "pg18" as const, javaScriptEnabled: false },
    },
  ],
});
