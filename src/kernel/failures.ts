import type { Fault } from "./outcome.ts";

/**
 * The few ways in which a verb says no. Everything else that is thrown is a bug.
 * Messages are for the log and hold nothing personal; people read the sentence of `code`.
 */
export abstract class Failure extends Error {
  abstract readonly status: number;
  constructor(
    readonly code: string,
    message: string = code,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

export class NotFound extends Failure {
  readonly status = 404;
  constructor(readonly what: string) {
    super(`not_found.${what}`);
  }
}

/** The asker is not signed in, or the sign-in has ended. */
export class NotSignedIn extends Failure {
  readonly status = 401;
  constructor(code = "not_signed_in") {
    super(code);
  }
}

/** The asker may not do this at all, whatever the state. */
export class Forbidden extends Failure {
  readonly status = 403;
  constructor(code = "forbidden") {
    super(code);
  }
}

/** Refused because of the present state: says which state it is and what is possible now. */
export class NotAllowed extends Failure {
  readonly status = 409;
  constructor(
    readonly now: string,
    readonly allowed: readonly string[],
    code = "not_allowed",
  ) {
    super(code, `${code}: now ${now}, allowed ${allowed.join(", ") || "nothing"}`);
  }
}

/** The input is wrong: one fault a field. */
export class Invalid extends Failure {
  readonly status = 422;
  constructor(
    readonly faults: readonly Fault[],
    code = "invalid",
  ) {
    super(code, `${code}: ${faults.map((fault) => `${fault.field} ${fault.key}`).join(", ")}`);
  }
}

/** Somebody else was first. `detail` may be told to the asker (a colleague's name, a time). */
export class Conflict extends Failure {
  readonly status = 409;
  constructor(
    code: string,
    readonly detail: Record<string, string> = {},
  ) {
    super(code);
  }
}

/** Too much or too large for now; `retryAfterSeconds` goes into Retry-After. */
export class TryLater extends Failure {
  readonly status: number;
  constructor(
    code: string,
    readonly retryAfterSeconds: number,
    status = 429,
  ) {
    super(code);
    this.status = status;
  }
}

/** The bytes that were sent are larger than the limit (bytes). */
export class TooLarge extends Failure {
  readonly status = 413;
  constructor(readonly limitBytes: number) {
    super("too_large");
  }
}
