import pg from "pg";

/** Which role asks, and what its policies ask for: the values of `says[wall]`. */
export type Reach =
  | { wall: "citizen"; says: readonly [persons: string, veiled: string, units: string, staff: string] }
  | { wall: "desk"; says: readonly [persons: string, claim: string, file: string, staff: string, now: string] };

/**
 * Prepared when a connection is made. For the transaction alone, so the next one who gets the connection reaches
 * nobody; without a row in its answer, so that there is nothing to read.
 */
export const says = {
  /**
   * Whose rows, whose without the private ones, and the lists of which units, each as PostgreSQL writes an array; and who
   * asks, where it is staff.
   */
  citizen: {
    name: "say_persons",
    text: `select where set_config('vssid.persons', $1, true) is null or set_config('vssid.veiled', $2, true) is null
      or set_config('vssid.units', $3, true) is null or set_config('vssid.staff', $4, true) is null`,
    values: ["{}", "{}", "{}", ""],
  },
  /** Whom the request is about, which claim, which file, who asks, and the instant by the application's clock. */
  desk: {
    name: "say_desk",
    text: `select where set_config('vssid.persons', $1, true) is null or set_config('vssid.claim', $2, true) is null
      or set_config('vssid.file', $3, true) is null or set_config('vssid.staff', $4, true) is null
      or set_config('vssid.now', $5, true) is null`,
    values: ["{}", "", "", "", ""],
  },
};

/** What pg does inside and does not tell its types: its exact version is pinned, and the tests of this file use it. */
interface Inside extends pg.Submittable {
  prepare(connection: Wire): void;
  handleCommandComplete(message: unknown, connection: Wire): void;
}
interface Wire {
  bind(config: { statement: string; values: readonly string[] }): void;
  execute(config: { portal: string }): void;
}
const Query = pg.Query as unknown as new (config: object, values?: unknown) => Inside;

/**
 * A statement that first says whose rows it may reach: two more messages in the same packet, before the one that ends
 * it, so both are one transaction and one round trip.
 */
export class WalledQuery extends Query {
  readonly #reach: Reach;
  #isSaid = false;

  constructor([first, values]: unknown[], reach: Reach) {
    super({ ...(typeof first === "string" ? { text: first } : (first as object)), queryMode: "extended" }, values);
    this.#reach = reach;
  }

  override prepare(connection: Wire): void {
    connection.bind({ statement: says[this.#reach.wall].name, values: this.#reach.says });
    connection.execute({ portal: "" });
    super.prepare(connection);
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    if (this.#isSaid) super.handleCommandComplete(message, connection);
    this.#isSaid = true;
  }
}
