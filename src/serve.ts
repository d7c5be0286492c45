import { setImmediate as nextTurn } from "node:timers/promises";
import { flushLooks } from "./audit/record.ts";
import { CannotStart } from "./db/cannot-start.ts";
import { FolderHeld } from "./db/folder-lock.ts";
import { projectRoot } from "./db/root.ts";
import { webauthn } from "./factor/webauthn.ts";
import { forServer, makeHouse, type OpenHouse } from "./house.ts";
import type { CastMember } from "./seed/seed.ts";
import { type Environment, parseEnvironment } from "./settings.ts";
import { lookAtTime } from "./timekeeping/trust.ts";
import { warningsOf } from "./warnings.ts";
import { keepAssets } from "./web/kept-assets.ts";
import { leave } from "./web/leave.ts";

/**
 * Connections that wait to be taken. Beyond them the kernel lets callers believe that they are connected, and they hear
 * nothing for a minute; who is taken is at least told to come again. The kernel may hold fewer (net.core.somaxconn).
 */
const WAITING_MOST = 4096;

/** Less than the half minute after which systemd and Kubernetes kill. */
const drainMs = 25_000;

const giveUpMs = 5_000;

/** One process: database, web and worker; ends on SIGTERM or SIGINT once the requests under way are answered. */
export async function serve(env: NodeJS.ProcessEnv): Promise<void> {
  // What is printed here is for whoever looks on; where it finds no room, people are served all the same.
  for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);
  const parsed = parseEnvironment(env, projectRoot);
  if (!parsed.ok)
    return giveUp(["VssID cannot start with these settings:", ...parsed.faults.map((fault) => `  ${fault}`)]);
  const closers: (() => Promise<void>)[] = [];
  const ending = endOnSignal(closers);
  try {
    const { house, cast } = await start(parsed.value, closers);
    endOnFault(house, ending.end);
    for (const text of warningsOf(parsed.value)) house.log.warn(text);
    console.log(greeting(house, cast));
  } catch (error) {
    // Whoever asked for the end closed the database under a start that was still going on: that is no fault.
    if (ending.hasBegun) return;
    giveUp([plainly(error, parsed.value)]);
    await closeAll(closers);
  }
}

async function start(environment: Environment, closers: (() => Promise<void>)[]) {
  const { house, createApp, beginWarming } = await openHouse(environment);
  closers.push(async () => {
    // The last answers noted their looks after the app's own hook had run.
    await flushLooks(house);
    await house.close();
  });
  let cast: readonly CastMember[] = [];
  if (house.settings.profile === "demo") {
    closers.push(await useSinks(house));
    const { seed } = await import("./seed/seed.ts");
    cast = await seed(house);
  }
  await keepAssets(house.settings.dataDir).catch((error: Error) =>
    house.log.warn({ reason: error.message }, "scripts of this build could not be kept for the one before"),
  );
  await lookAtTime(house);
  const warming = beginWarming(house);
  const app = await createApp(house);
  closers.push(() => leave(app, house.settings.leaveMs));
  await warming.finish(app);
  await app.listen({ host: house.settings.host, port: house.settings.port, backlog: WAITING_MOST });
  // After a kill people wait for the web and nobody for the sweeps; in leaving, too, the web goes first.
  await startParts(house, (close) => closers.splice(-1, 0, close));
  return { house, cast };
}

/**
 * The server of the database starts on another core: by the next turn it has been asked to, and what is loaded then
 * keeps only this one waiting.
 */
async function openHouse(environment: Environment) {
  const opening = makeHouse(environment, forServer);
  opening.catch(() => undefined);
  await nextTurn();
  const [{ createApp }, { beginWarming }] = await Promise.all([import("./app.ts"), import("./warm.ts")]);
  return { house: await opening, createApp, beginWarming };
}

/**
 * Web, worker or both in this process; the watch goes where the worker is not, too: it needs none. What no page needs is
 * loaded only now.
 */
async function startParts(house: OpenHouse, closeBefore: (close: () => Promise<void>) => void): Promise<void> {
  if (house.settings.hasWorker) {
    const { startWorker } = await import("./worker.ts");
    const worker = await startWorker(house);
    closeBefore(() => worker.stop());
  }
  const { startWatchdog } = await import("./promise/watchdog.ts");
  const watchdog = startWatchdog(house);
  closeBefore(() => watchdog.stop());
  const { watchCertificates } = await import("./certificates/watch.ts");
  const certificates = watchCertificates(house);
  closeBefore(() => certificates.stop());
  await webauthn();
}

/** Real sockets of our own for whichever of mail and SMS is not set. */
async function useSinks(house: OpenHouse): Promise<() => Promise<void>> {
  const { settings } = house;
  if (settings.smtpUrl && (settings.smppUrl || settings.smsProviders.length > 0)) return async () => {};
  const { startSinks } = await import("./notices/sinks.ts");
  const sinks = await startSinks(house);
  settings.smtpUrl ||= sinks.smtpUrl;
  if (settings.smsProviders.length === 0) settings.smppUrl ||= sinks.smppUrl;
  return () => sinks.stop();
}

type End = (code: 0 | 1) => Promise<void>;

function endOnSignal(closers: (() => Promise<void>)[]): { end: End; readonly hasBegun: boolean } {
  let hasBegun = false;
  const end: End = async (code) => {
    if (hasBegun) process.exit(1);
    hasBegun = true;
    setTimeout(() => process.exit(1), drainMs).unref();
    await closeAll(closers);
    process.exit(code);
  };
  process.on("SIGTERM", () => void end(0));
  process.on("SIGINT", () => void end(0));
  return {
    end,
    get hasBegun() {
      return hasBegun;
    },
  };
}

/**
 * What nobody caught is told whole, then the process leaves as if it had been asked to: what is under way is answered,
 * the other processes go on, and whoever supervises starts the next. Going on after it would be a guess.
 */
function endOnFault({ log }: OpenHouse, end: End): void {
  process.once("uncaughtException", (error) => {
    log.fatal({ err: error }, "nobody caught this; the process ends");
    void end(1);
  });
}

/** The last thing that was opened is closed first. */
async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  for (const close of closers.splice(0).reverse()) {
    await close().catch((error: Error) => console.error(error.message));
  }
}

function plainly(error: unknown, { settings }: Environment): string {
  if (error instanceof FolderHeld) {
    return `Already running: ${error.message}\nFor a second one beside it, set VSSID_DATA_DIR and PORT.`;
  }
  if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") {
    return `Port ${settings.port} on ${settings.host} is taken. Choose another: PORT=${settings.port + 1} bin/start`;
  }
  if (error instanceof CannotStart) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function giveUp(lines: string[]): void {
  console.error(lines.join("\n"));
  process.exitCode = 1;
  // A start that broke off half-way, in the middle of a fault, leaves parts running that nobody holds: with them the
  // process would live on and do nothing, and whoever supervises would take it for well.
  setTimeout(() => process.exit(1), giveUpMs).unref();
}

function greeting({ settings, clock }: OpenHouse, cast: readonly CastMember[]): string {
  const { baseUrl } = settings;
  const lines = ["", `VssID is ready: ${baseUrl}/`];
  if (settings.profile === "demo") {
    lines.push(
      `  officers      ${baseUrl}/console`,
      `  messages      ${baseUrl}/dev/outbox`,
      `  six digits    ${baseUrl}/dev/authenticators (of staff, after the password)`,
      `  API document  ${baseUrl}/api/openapi.json`,
      `  clock         ${clock.now().toISOString()}`,
      "",
      "Everyone here is made up. Sign in as:",
      ...cast.map((member) => `  ${columns(cast, member)}`),
      ...cast.flatMap(({ hasDigits, signIn }) =>
        hasDigits ? [`  six digits for ${signIn}: bin/vssid demo digits ${signIn}`] : [],
      ),
      "",
      "End it with Ctrl-C.",
    );
  }
  return lines.join("\n");
}

/** Name and part padded to the longest, then how to sign in. */
function columns(cast: readonly CastMember[], { name, part, signIn, password }: CastMember): string {
  const width = (key: "name" | "part") => Math.max(...cast.map((member) => member[key].length));
  return `${name.padEnd(width("name"))}  ${part.padEnd(width("part"))}  ${signIn} / ${password}`;
}
