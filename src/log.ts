/** The log of the product: one JSON line an event, and nothing personal in it. */
import pino, { type DestinationStream, type Logger } from "pino";

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What could name a person is taken out even when a line holds it by mistake. */
const personal = ["phone", "email", "fullName", "insuranceNumber", "idNumber", "cardNumber", "password"];

/** To standard output, or wherever it is told. */
export function createLog(level: LogLevel, destination: DestinationStream = openOutput()): Logger {
  const options = {
    level,
    redact: {
      paths: [...personal.flatMap((field) => [field, `*.${field}`]), "req.headers.cookie", "req.headers.authorization"],
      censor: "[personal]",
    },
    serializers: { err: errorWithoutValues, reason: (reason: unknown) => withoutValues(String(reason)) },
  };
  return pino(options, destination);
}

/** What waits while standard output takes nothing; later lines are left out, and how many is told. */
const WAITING_MAX_BYTES = 1_000_000;

/** Standard output whose disk is full, or whose reader has gone, stops nobody: each line tries it anew. */
export function openOutput(fd = 1): DestinationStream {
  // With a length to wait for, be it of one sign, a flush tries again.
  const output = pino.destination({ fd, sync: true, minLength: 1, maxLength: WAITING_MAX_BYTES });
  let lost = 0;
  output.on("error", () => undefined);
  output.on("drop", () => {
    lost += 1;
    output.flush();
  });
  output.on("drain", () => {
    if (lost === 0) return;
    const said = { level: 40, time: Date.now(), lost, msg: "lines of the log found no room" };
    lost = 0;
    output.write(`${JSON.stringify(said)}\n`);
  });
  // Each line is written when it comes; after the last one of a process, this would wait for room without an end.
  output.flushSync = () => undefined;
  return output;
}

/** Standard output, and another line beside it. */
export const besideOutput = (level: LogLevel, line: DestinationStream): DestinationStream =>
  pino.multistream([openOutput(), line].map((stream) => ({ level, stream })));

/** Of an error: never what else hangs on it, as PostgreSQL's `detail` ("Key (phone)=(…) exists") or a mail server's answer. */
const kept = ["code", "severity", "schema", "table", "column", "dataType", "constraint", "routine"] as const;

/** Name, message and stack, and the codes of PostgreSQL and Node; causes in the same way. */
export function errorWithoutValues(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: withoutValues(String(error)) };
  const facts = error as Error & Partial<Record<(typeof kept)[number], unknown>>;
  return {
    type: error.name,
    message: withoutValues(error.message),
    stack: withoutValues(error.stack ?? ""),
    ...Object.fromEntries(kept.filter((name) => facts[name] !== undefined).map((name) => [name, facts[name]])),
    ...(error.cause === undefined ? {} : { cause: errorWithoutValues(error.cause) }),
  };
}

/** Databases, parsers and mail servers quote in their messages what they were given. */
const quoted = /(: |, |value |token |at or near )(["'`])[^\n]*\2/g;
/** Begins where a word begins: else each sign of a long one would be a beginning. */
const address = /(?<![^\s<>"'():,;=])[^\s<>"'():,;=]+@[^\s<>"'():,;=]+/g;
const longNumber = /\d(?:[ .-]?\d){8,}/g;

/** A sentence of a program without the values that it quotes, without addresses of mail and numbers of nine digits or more. */
export function withoutValues(text: string): string {
  return text.replace(quoted, "$1$2…$2").replace(address, "…@…").replace(longNumber, "…");
}
