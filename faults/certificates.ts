/**
 * F29: names that are not found, certificates past their day, authorities that are gone. The watch cries out thirty,
 * fourteen, seven days and one before; when it happens one way of reaching people shuts and the others go on; what
 * waited leaves when it is mended. First a certificate that has long to go, which must not be cried about. A name server
 * of the trial's own, an authority of its own; needs openssl. --messages=500.
 */
import dns from "node:dns";
import { mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import type { Server as PlainServer } from "node:net";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createServer, getCACertificates, type Server, setDefaultCACertificates } from "node:tls";
import { optionOf, tellAtMost } from "../bench/harness.ts";
import type { Place } from "../src/certificates/rules.ts";
import { lookAtCertificates } from "../src/certificates/watch.ts";
import { ownerOf } from "../src/db/connection.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse, type OpenHouse } from "../src/house.ts";
import { MovableClock } from "../src/kernel/clock.ts";
import { startDelivery } from "../src/notices/deliver.ts";
import { type FakeSmsc, fakeSmsc } from "../src/notices/providers.fixture.ts";
import { lookAround } from "../src/promise/watchdog.ts";
import { parseEnvironment } from "../src/settings.ts";
import { type Authority, makeAuthority } from "./authority.ts";
import { MailServer } from "./mail-server.ts";
import { quickPace } from "./notices-plan.ts";
import { deliver } from "./notices-stand.ts";
import { empty, fill, rowsOf } from "./notices-store.ts";
import { listen } from "./trials-sms.ts";

const MESSAGES = optionOf("messages") ?? (process.argv.includes("--small") ? 40 : 500);
const DAY_MS = 86_400_000;
const OUT_WITHIN_MS = 15_000;
const MAIL = "mail.trial.test";
const TEXTS = "sms.trial.test";

const home = mkdtempSync(join(tmpdir(), "vssid-certificates-"));
const names = new Set([MAIL, TEXTS]);
answerNames();
const environment = parseEnvironment({ VSSID_DATA_DIR: home }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
house.log.level = "silent";
const pool = createPool(ownerOf(house), { log: house.log, size: 2, statementTimeoutMs: 0, asApp: false });
try {
  const authority = makeAuthority(home, [MAIL, TEXTS]);
  if (!authority) {
    console.log("F29: no openssl: short");
    process.exitCode = 1;
  } else process.exitCode = (await play(authority)) ? 0 : 1;
} finally {
  await pool.end();
  await house.close();
  rmSync(home, { recursive: true, force: true });
}

async function play(authority: Authority): Promise<boolean> {
  const usual = getCACertificates("default");
  const believe = (isThere: boolean) => setDefaultCACertificates(isThere ? [...usual, authority.certificate] : usual);
  believe(true);
  const mail = new MailServer();
  const centre = await fakeSmsc(deliver);
  const [mailTls, textTls] = [
    await before(portOf(await mail.open()), authority),
    await before(portOf(centre.url), authority),
  ];
  const lines = { mail: mailTls.port, texts: textTls.port };
  try {
    const isTold = await tellMarks(lines, authority);
    const faults: Fault[] = [
      // First: whoever sends mail remembers for a while where a name led.
      {
        what: "the mail server's name is not found",
        shut: "email",
        break: () => names.delete(MAIL),
        mend: () => names.add(MAIL),
      },
      {
        what: "the mail server's certificate is over",
        shut: "email",
        break: () => mailTls.show("over"),
        mend: () => mailTls.show("good"),
      },
      {
        what: "the provider's certificate is over",
        shut: "sms",
        break: () => textTls.show("over"),
        mend: () => textTls.show("good"),
      },
      {
        what: "the provider's name is not found",
        shut: "sms",
        break: () => names.delete(TEXTS),
        mend: () => names.add(TEXTS),
      },
    ];
    const held: boolean[] = [];
    for (const fault of faults) held.push(await playFault(fault, lines, { mail, centre }));
    held.push(await tellGone(lines, believe));
    return isTold && held.every(Boolean);
  } finally {
    await Promise.all([mailTls.close(), textTls.close(), mail.close(), centre.stop()]);
  }
}

interface Lines {
  mail: number;
  texts: number;
}
interface Fault {
  what: string;
  shut: "email" | "sms";
  break(): unknown;
  mend(): unknown;
}

function placesOn({ mail, texts }: Lines): Place[] {
  return [
    { name: "mail", host: MAIL, port: mail, isHere: false },
    { name: "sms", host: TEXTS, port: texts, isHere: false },
  ];
}

/** The clock walks towards the end of the certificate of 400 days. */
async function tellMarks(lines: Lines, { endsAt }: Authority): Promise<boolean> {
  if (!(house.clock instanceof MovableClock)) throw new Error("the clock of the demo can be moved");
  const [place] = placesOn(lines);
  if (!place) return false;
  await lookAtCertificates(house, [place]);
  const wrong: string[] = [];
  const cried = async (daysBefore: number) => {
    (house.clock as MovableClock).moveTo(new Date(endsAt.getTime() - daysBefore * DAY_MS));
    return (await lookAround(house)).find(({ name }) => name === "certificate_ending");
  };
  const isQuiet = [await cried(399), await cried(32)].every((alarm) => alarm === undefined);
  console.log(`F29 planted: a certificate that has long to go is not cried about: ${isQuiet ? "held" : "short"}`);
  const goals: [number, number, number][] = [
    [30.5, 30, 30],
    [15.5, 15, 30],
    [14.5, 14, 14],
    [7.5, 7, 7],
    [1.5, 1, 1],
    [0.5, 0, 1],
    [-0.5, -1, 1],
  ];
  for (const [before, days, mark] of goals) {
    const alarm = await cried(before);
    if (alarm?.value !== days || alarm.mark !== mark) wrong.push(`${before}: ${alarm?.value} of ${alarm?.mark}`);
  }
  house.clock.moveTo(new Date());
  const extra = wrong.join(", ") || `${goals.length} days looked at`;
  return [
    isQuiet,
    tellAtMost({
      id: "F29",
      what: "days on which the alarm was not as it should",
      value: wrong.length,
      goal: 0,
      extra,
    }),
  ].every(Boolean);
}

/** One way is shut: the other sends all, what waits is neither lost nor given up, and leaves when it is mended. */
async function playFault(
  fault: Fault,
  lines: Lines,
  { mail, centre }: { mail: MailServer; centre: FakeSmsc },
): Promise<boolean> {
  await empty(pool);
  mail.mails.clear();
  centre.submits.length = 0;
  fault.break();
  mail.dropAll();
  for (const session of centre.sessions) session.destroy();
  const [texts, mails] = [
    await fill(pool, { count: MESSAGES }),
    await fill(pool, { count: MESSAGES, channel: "email" }),
  ];
  const [open, shut] = fault.shut === "email" ? [texts, mails] : [mails, texts];
  const settings = {
    ...house.settings,
    smtpUrl: `smtps://${MAIL}:${lines.mail}`,
    smppUrl: `ssmpp://a:b@${TEXTS}:${lines.texts}`,
    smsProviders: [],
  };
  const sender = startDelivery({ ...house, settings } as OpenHouse, quickPace);
  try {
    const isOpenOut = await out(open, OUT_WITHIN_MS);
    const rows = await rowsOf(pool);
    const of = (recipients: readonly string[]) => rows.filter(({ recipient }) => recipients.includes(recipient));
    const given = of(shut).filter(({ state }) => state === "failed").length;
    const leaked = of(shut).filter(({ sent_at: at }) => at !== null).length;
    const sights = await lookAtCertificates(house, placesOn(lines));
    const refused = (await lookAround(house))
      .filter(({ name }) => name === "line_refused")
      .map(({ provider }) => provider);
    const isNamed = refused.join() === (fault.shut === "email" ? "mail" : "sms");
    fault.mend();
    const isShutOut = await out(shut, OUT_WITHIN_MS * 2);
    await lookAtCertificates(house, placesOn(lines));
    const isQuiet = !(await lookAround(house)).some(({ name }) => name === "line_refused");
    const isHeld = isOpenOut && given === 0 && leaked === 0 && isNamed && isShutOut && isQuiet;
    const why = sights.map(({ place, found }) => `${place.name} ${found.fault ?? "well"}`).join(", ");
    console.log(
      `F29 ${fault.what}: the other way sent all of ${open.length}: ${isOpenOut}, given up ${given}, out over the shut way ${leaked}, ` +
        `told which: ${isNamed} (${why}), sent when mended: ${isShutOut}, quiet again: ${isQuiet}: ${isHeld ? "held" : "short"}`,
    );
    return isHeld;
  } finally {
    fault.mend();
    await sender.stop();
  }
}

/** Nobody vouches any longer for what was good: both lines are refused, and well again with the authority. */
async function tellGone(lines: Lines, believe: (isThere: boolean) => void): Promise<boolean> {
  const refused = async () => {
    await lookAtCertificates(house, placesOn(lines));
    return (await lookAround(house)).filter(({ name }) => name === "line_refused").length;
  };
  believe(false);
  const without = await refused();
  believe(true);
  const again = await refused();
  const isHeld = without === 2 && again === 0;
  console.log(
    `F29 the authority is gone: lines refused ${without} (goal 2), with it again ${again} (goal 0): ${isHeld ? "held" : "short"}`,
  );
  return isHeld;
}

async function out(recipients: readonly string[], withinMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + withinMs;
  while (performance.now() < giveUpAt) {
    const rows = await rowsOf(pool);
    if (rows.every(({ recipient, sent_at: at }) => at !== null || !recipients.includes(recipient))) return true;
    await wait(100);
  }
  return false;
}

interface Shown {
  port: number;
  show(which: "good" | "over"): void;
  close(): Promise<void>;
}

/** TLS before a server that speaks none. */
async function before(port: number, authority: Authority): Promise<Shown> {
  const server: Server = createServer({ key: authority.key, cert: authority.good }, (near) => {
    const far = connect(port, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
    near.pipe(far).pipe(near);
  });
  server.on("tlsClientError", () => undefined);
  return {
    port: await listen(server as PlainServer),
    show: (which) => server.setSecureContext({ key: authority.key, cert: authority[which] }),
    close: () => new Promise((done) => server.close(() => done())),
  };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/** What a resolver is asked for: two names of the trial, while they are there. */
function answerNames(): void {
  const usual = dns.lookup;
  const missing = (name: string) => Object.assign(new Error(`queryA ENOTFOUND ${name}`), { code: "ENOTFOUND" });
  type Told = (error: Error | null, ...found: unknown[]) => void;
  const lookup = (name: string, ...rest: unknown[]) => {
    const told = rest.at(-1) as Told;
    if (!name.endsWith(".trial.test")) return usual(name, ...(rest as [never, never]));
    if (!names.has(name)) return told(missing(name));
    const asked = rest[0] as { all?: boolean };
    if (asked.all) told(null, [{ address: "127.0.0.1", family: 4 }]);
    else told(null, "127.0.0.1", 4);
  };
  class Resolver extends dns.Resolver {
    override resolve4 = ((name: string, ...rest: unknown[]) => {
      const told = rest.at(-1) as Told;
      if (names.has(name)) told(null, ["127.0.0.1"]);
      else told(missing(name));
    }) as never;
    override resolve6 = ((name: string, ...rest: unknown[]) => (rest.at(-1) as Told)(missing(name))) as never;
  }
  Object.assign(dns, { lookup, Resolver });
  syncBuiltinESMExports();
}
