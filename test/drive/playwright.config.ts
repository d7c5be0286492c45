import { defineConfig } from "@playwright/test";
import journeys from "../../playwright.config.ts";
import type { JourneyOptions } from "../journeys/fixtures.ts";

process.env.VSSID_PATIENCE_MS ??= "120000";

/** A roll-out from its letter to its weekly report; by itself, because it takes its time: `npm run test:drive`. */
export default defineConfig<Record<never, never>, JourneyOptions>({
  ...journeys,
  testDir: ".",
  globalSetup: "./setup.ts",
  outputDir: "../../test-results/drive",
  workers: 1,
  timeout: 120 * 60_000,
  reporter: "list",
  projects: [{ name: "drive", testMatch: "*.spec.ts", use: { postgres: "pg18" as const, trace: "off" as const } }],
});
