/**
 * Hostile files at every address that takes files, of a running house, as everybody whom the access table lets in (R32):
 * nothing unsafe is kept, nothing knocks anywhere, memory stays, whoever reads beside it hardly notices.
 * `--share=10` takes each tenth file. Needs /proc.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { optionOf, tellAtMost } from "../bench/harness.ts";
import { cleanImage } from "../src/pictures/images.ts";
import { inspectImage } from "../src/pictures/rules-image.ts";
import type { Prepared, Question } from "./hostile.ts";
import type { Base } from "./hostile-bases.ts";
import type { Session } from "./hostile-shots.ts";
import { corpus, type HostileFile, MARK, PLAIN_PDF } from "./uploads-corpus.ts";
import type { Kept } from "./uploads-kept.ts";

const share = optionOf("share") ?? 1;
const EDGE = "edgeof330";
const MORE_MB_MAX = 128;
const SLOWEST_MS = 6500;
const NEIGHBOUR_MS = 60;
const NULL_RUN_MS = 15_000;

/** The boxes of the forms, by a part of their address; more files at once than a form has are refused unread. */
const BOXES: readonly (readonly [string, readonly string[]])[] = [
  ["/letters", ["pdf"]],
  ["/guardian", ["copy"]],
  ["/roster", ["list", "file"]],
  ["/check-paper", ["file", "pdf"]],
  ["", ["front", "back"]],
];
/** What else the forms need, so that what is good is kept. */
const FILLED: readonly (readonly [string, Record<string, string>])[] = [
  [
    "/letters",
    {
      ...{ number: "12/THU", dated_day: "20", dated_month: "11", dated_year: "2026", lang: "vi" },
      ...{ subject: "Thử tệp", issuer: "Bảo hiểm xã hội Mẫu", signed_by: "Trần Thị Thử" },
    },
  ],
  [
    "/guardian",
    {
      ...{ number: "5288000005", relation: "guardian", paper_kind: "guardianship_decision", paper_number: "12/QĐ" },
      ...{ paper_day: "20", paper_month: "10", paper_year: "2026", paper_issuer: "UBND xã Mẫu", paper_seen: "yes" },
    },
  ],
];
/** A body that is too large is cut off while it comes: the line is closed before all was sent. */
const isCutOff = (error: unknown) => /EPIPE|ECONNRESET|other side closed/.test(String((error as Error).cause ?? error));

let knocks = 0;
const home = createServer((_, answer) => {
  knocks += 1;
  answer.end();
});
home.listen(0, "127.0.0.1");
await once(home, "listening");
const folder = mkdtempSync(join(tmpdir(), "vssid-uploads-"));
const server = fork(fileURLToPath(new URL("./faults-hostile-serve.js", import.meta.url)), [folder], {
  env: { ...process.env, NODE_ENV: "production" },
});
try {
  const [{ port, prepared }] = (await once(server, "message")) as [{ port: number; prepared: Prepared }];
  process.exitCode = (await run(`http://127.0.0.1:${port}`, prepared)) ? 0 : 1;
} finally {
  if (server.exitCode === null) {
    const ended = once(server, "exit");
    server.disconnect();
    await ended;
  }
  home.close();
  rmSync(folder, { recursive: true, force: true });
}

async function run(at: string, prepared: Prepared): Promise<boolean> {
  const all = await corpus(`http://127.0.0.1:${(home.address() as AddressInfo).port}`);
  const files = all.filter((_, nth) => nth % share === 0);
  const places = placesOf(prepared.bases);
  const good = all.filter(({ name }) => name.startsWith("with a place")).slice(0, 2);
  const warm: HostileFile[] = [...good, ...all.filter(({ name }) => name === PLAIN_PDF)];
  for (const base of places) for (const file of warm) await send(at, base, prepared.sessions, file);
  const quiet = await beside(at, () => wait(NULL_RUN_MS));
  const before = await peakMb();
  const seen: Seen = {
    ...{ sent: 0, faults: [], unsafe: [], slowestMs: 0 },
    ...{ answers: new Map<number, number>(), read: new Set<Base>() },
  };
  const busy = await beside(at, async () => {
    for (const base of places) for (const file of files) await tryOne(at, base, prepared.sessions, file, seen);
  });
  const more = (await peakMb()) - before;
  const drawn = await unsafePictures(files);
  const { kept } = await ask<{ kept: Kept }>({ id: 2, opensKept: true });
  const stored = Object.values(kept.opened).reduce((sum, count) => sum + count, 0);
  for (const fault of [...seen.faults, ...seen.unsafe, ...drawn, ...kept.unsafe].slice(0, 40)) console.log(fault);
  const answers = [...seen.answers]
    .toSorted(([one], [other]) => one - other)
    .map(([status, times]) => `${status}: ${times}`);
  console.log(
    `R32 addresses: ${places.map(({ method, url }) => `${method} ${url}`).join(", ")}; answers ${answers.join(", ")}`,
  );
  console.log(`R32 opened of what is kept: ${JSON.stringify(kept.opened)}`);
  const extra = `${files.length} files at ${places.length} addresses, ${seen.sent} sent`;
  const tell = (what: string, value: number, goal: number) => tellAtMost({ id: "R32", what, value, goal, extra });
  const ratio = busy / Math.max(1, quiet);
  return [
    tell("kept unsafe", seen.unsafe.length + drawn.length, 0),
    tell(`unsafe among ${stored} kept files that were opened`, kept.unsafe.length, 0),
    tell(
      "kinds of files of which none was kept: nothing is shown of them",
      Object.values(kept.opened).filter((count) => count === 0).length,
      0,
    ),
    tell("answers that are faults of ours", seen.faults.length, 0),
    tell("addresses that read no file: nothing is shown of them", places.length - seen.read.size, 0),
    tell("outgoing connections", knocks, 0),
    tell("more memory in MB", more, MORE_MB_MAX),
    tell("slowest answer in ms", Math.round(seen.slowestMs), SLOWEST_MS),
    tell(`p99 of neighbours, ${busy.toFixed(0)} ms against ${quiet.toFixed(0)} ms`, Math.round(ratio * 100) / 100, 2),
  ].every(Boolean);
}

/** One whole request for each address that takes files or a stream of XML, of somebody who may. */
function placesOf(bases: readonly Base[]): Base[] {
  const found = new Map<string, Base>();
  for (const base of bases) {
    const takes = base.isLet && (base.takesFile || base.xml !== undefined);
    const key = `${base.method} ${base.url.replace(/[A-Z]{2}-\w{4}-\w{4}|\d+|[\da-f-]{36}/g, "…")}`;
    if (takes && base.method !== "GET" && base.actor !== "stranger" && !found.has(key)) found.set(key, base);
  }
  return [...found.values()];
}

interface Seen {
  sent: number;
  faults: string[];
  unsafe: string[];
  slowestMs: number;
  answers: Map<number, number>;
  /** Where a file was read at all, not turned away at the door. */
  read: Set<Base>;
}

async function tryOne(at: string, base: Base, sessions: Record<string, Session>, file: HostileFile, seen: Seen) {
  const startedAt = performance.now();
  const { status, text } = await send(at, base, sessions, file);
  seen.slowestMs = Math.max(seen.slowestMs, performance.now() - startedAt);
  seen.sent += 1;
  seen.answers.set(status, (seen.answers.get(status) ?? 0) + 1);
  const what = `${file.name} at ${base.method} ${base.url}: ${status}`;
  if (status === 0 || status >= 500 || /node_modules|at \w+ \(/.test(text)) seen.faults.push(what);
  if (![401, 403, 404].includes(status)) seen.read.add(base);
  const isPicture = /papers|photos|guardian/.test(base.url);
  // A redirect is how a form says yes; one to the sign-in says no.
  const isKept = isPicture && status === 303 && text !== "sign-in";
  // An empty file is none: a draft that has one keeps it.
  const isChosen = file.bytes.length > 0;
  const isLetter = base.url.includes("/letters") && isChosen && status === 303 && text !== "sign-in";
  if (isLetter && (file.kind !== "pdf" || file.may !== "be read")) seen.unsafe.push(`kept: ${what}`);
  if (isKept && (file.kind !== "picture" || file.may === "nothing")) seen.unsafe.push(`kept: ${what}`);
}

async function send(at: string, base: Base, sessions: Record<string, Session>, file: HostileFile) {
  const session = sessions[base.actor];
  const cookies = {
    ...base.cookies,
    ...(session?.token ? { vssid_session: session.token } : { vssid_visitor: session?.visitor }),
  };
  const headers: Record<string, string> = {
    ...base.headers,
    ...(base.kind === "api" && session?.token ? { authorization: `Bearer ${session.token}` } : {}),
    cookie: Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join("; "),
  };
  const sent = base.kind === "api" ? { type: "application/xml", bytes: file.bytes } : multipart(base, session, file);
  try {
    const answer = await fetch(`${at}${base.url}`, {
      method: base.method,
      redirect: "manual",
      headers: { ...headers, "content-type": sent.type },
      body: new Uint8Array(sent.bytes),
      signal: AbortSignal.timeout(20_000),
    });
    const text = (answer.headers.get("location") ?? "").includes("/sign-in") ? "sign-in" : await answer.text();
    return { status: answer.status, text };
  } catch (error) {
    return { status: isCutOff(error) ? 413 : 0, text: "" };
  }
}

function multipart({ url, fields = [] }: Base, session: Session | undefined, { name, bytes }: HostileFile) {
  const filled = FILLED.find(([part]) => url.includes(part))?.[1] ?? {};
  const all = [...fields.filter(([field]) => !(field in filled)), ...Object.entries(filled)];
  const texts = all.map(
    ([field, value]) =>
      `--${EDGE}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${field === "_token" ? session?.formToken : value}\r\n`,
  );
  const names = BOXES.find(([part]) => url.includes(part))?.[1] ?? [];
  const parts = names.flatMap((field) => [
    Buffer.from(
      `--${EDGE}\r\ncontent-disposition: form-data; name="${field}"; filename="../../${name}\u202e.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`,
    ),
    bytes,
    Buffer.from("\r\n"),
  ]);
  const whole = Buffer.concat([Buffer.from(texts.join("")), ...parts, Buffer.from(`--${EDGE}--\r\n`)]);
  return { type: `multipart/form-data; boundary=${EDGE}`, bytes: whole };
}

/** What would be kept of each picture: drawn anew by the product, without metadata and without what was hidden. */
async function unsafePictures(files: readonly HostileFile[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name, kind, bytes, may } of files) {
    if (typeof inspectImage(bytes) === "string") continue;
    const drawn = await cleanImage(bytes);
    if (!drawn) continue;
    const { exif, icc, xmp, format } = await sharp(drawn.jpeg).metadata();
    const holds = drawn.jpeg.includes(MARK) || exif || icc || xmp || format !== "jpeg";
    if (holds || kind !== "picture" || may === "nothing") wrong.push(`drawn and not clean: ${name}`);
  }
  return wrong;
}

/** The 99th of a hundred readers of the first page while something else is done, in ms. */
async function beside(at: string, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  const ending = new AbortController();
  const reading = (async () => {
    while (!ending.signal.aborted) {
      const startedAt = performance.now();
      await (await fetch(`${at}/`)).text();
      times.push(performance.now() - startedAt);
      await wait(NEIGHBOUR_MS);
    }
  })();
  await work();
  ending.abort();
  await reading;
  return times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? 0;
}

async function peakMb(): Promise<number> {
  return (await ask<{ peakMb: number }>({ id: 1 })).peakMb;
}

function ask<T>(question: Question): Promise<T> {
  server.send(question);
  return new Promise((done) => server.once("message", (answer: T) => done(answer)));
}
