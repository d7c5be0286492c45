import { defineConfig } from "@playwright/test";
import journeys from "../../playwright.config.ts";
import type { JourneyOptions } from "../journeys/fixtures.ts";

/** The pages of the walk once more, only looked at: one database, no trial of anything. */
export default defineConfig<Record<never, never>, JourneyOptions>({
  ...journeys,
  testDir: ".",
  globalSetup: "./setup.ts",
  outputDir: "../../test-results/pictures",
  projects: [
    { name: "pictures", testMatch: "pictures.spec.ts", use: { postgres: "pg18" as const } },
    { name: "readme", testMatch: "readme.spec.ts", use: { postgres: "pg18" as const } },
    { name: "guides", testMatch: "guides.spec.ts", use: { postgres: "pg18" as const } },
  ],
});
