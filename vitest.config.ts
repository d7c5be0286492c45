import { defineConfig } from "vitest/config";

const stores = ["src/**/*.store.test.{ts,tsx}", "test/store/**/*.test.{ts,tsx}"];

/** `unit` needs no database; the stores run on both PostgreSQL versions that we promise. */
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    css: true,
    passWithNoTests: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { TZ: "UTC" },
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["src/**/*.test.{ts,tsx}", "test/unit/**/*.test.{ts,tsx}"], exclude: stores },
      },
      ...(["pg18", "pg15"] as const).map((name) => ({
        extends: true as const,
        test: {
          name,
          include: stores,
          // Who is let in is decided in code, the same on both versions: thousands of requests are made once.
          exclude: name === "pg15" ? ["test/store/access/**"] : [],
          globalSetup: ["test/setup-cluster.ts"],
          pool: "forks" as const,
          maxWorkers: 2,
        },
      })),
    ],
  },
});
