import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

const stores = ["src/**/*.store.test.{ts,tsx}", "test/store/**/*.test.{ts,tsx}"];

/** Who is let in, secrets, pictures, sockets: decided in code, the same on every database, and slow. Asked on one. */
const apartFromSql = [
  "test/store/access/**",
  "test/store/enumeration.store.test.ts",
  "test/store/life-of-a-file.store.test.ts",
  "test/store/memory.store.test.ts",
  "test/store/openapi.store.test.ts",
  "src/account/storm.store.test.ts",
  "src/account/warn-passwords.store.test.ts",
  "src/backup/**",
  "src/coverage/pages.store.test.ts",
  "src/db/embedded.store.test.ts",
  "src/eid/**",
  "src/factor/**",
  "src/guardian/isolation.store.test.ts",
  "src/notices/deliver-mail.store.test.ts",
  "src/notices/deliver-sms.store.test.ts",
  "src/notices/faults.store.test.ts",
  "src/notices/push.store.test.ts",
  "src/registration/photos/**",
];

/**
 * Where versions of a database differ though they understand the same words: roles and walls, isolation and locks,
 * schema, copying and backups, plans. Every other statement is held to 15 by test/said; `VSSID_PG15=all` asks all here.
 */
const whereVersionsDiffer = [
  "src/audit/audit.store.test.ts",
  "src/codes/codes.store.test.ts",
  "src/db/*.store.test.ts",
  "src/intake/*.store.test.ts",
  "src/notices/lease.store.test.ts",
  "src/register/merge.store.test.ts",
  "test/store/*wall*.store.test.ts",
  "test/store/{database-certificate,drive-isolation,import-kills,limits,plans,races,serving-login,states,stolen-dump,worker}.store.test.ts",
];
const isWholeOn15 = process.env.VSSID_PG15 === "all";
const storesOn15 = isWholeOn15 ? stores : whereVersionsDiffer;

/** The machine's zone is nobody's business (F19): each project runs in another, and in any that is named. */
const zone = (usual: string) => ({ TZ: process.env.VSSID_TEST_TZ ?? usual });

/** `unit` needs no database; what is said to one of the PostgreSQL versions that we promise is understood by the other. */
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    css: true,
    passWithNoTests: false,
    // A limit is for what hangs, not for a slow hour.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Files of one worker share its modules, which are dear to load: whoever puts a spy on one takes it off again.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          env: zone("Pacific/Kiritimati"),
          include: ["src/**/*.test.{ts,tsx}", "test/unit/**/*.test.{ts,tsx}"],
          exclude: stores,
        },
      },
      ...(["pg18", "pg15"] as const).map((name) => ({
        extends: true as const,
        resolve: { alias: { "@node-rs/argon2": fileURLToPath(new URL("test/light-hash.ts", import.meta.url)) } },
        test: {
          name,
          env: zone(name === "pg15" ? "America/St_Johns" : "UTC"),
          include: name === "pg15" ? storesOn15 : stores,
          exclude: name === "pg15" ? apartFromSql : [],
          globalSetup: ["test/setup-cluster.ts"],
          setupFiles: name === "pg18" ? ["test/said/note.ts"] : [],
          pool: "forks" as const,
          // In the whole run something else goes beside what runs on 15.
          maxWorkers: name === "pg15" && !isWholeOn15 ? 1 : 2,
        },
      })),
      {
        extends: true,
        test: {
          name: "said",
          include: ["test/said/**/*.test.ts"],
          globalSetup: ["test/setup-cluster.ts"],
          pool: "forks" as const,
        },
      },
    ],
  },
});
