import pg from "pg";

/** Whose rows, whose without the private ones, and the lists of which units, each as PostgreSQL writes an array. */
export type Reach = readonly [persons: string, veiled: string, units: string];

/**
 * Prepared when a connection is made. For the transaction alone, so the next one who gets the connection reaches
 * nobody; without a row in its answer, so that there is nothing to read.
 */
export const sayPersons = {
  name: "say_persons",
  text: `select where set_config('vssid.persons', $1, true) is null or set_config('vssid.veiled', $2, true) is null
    or set_config('vssid.units', $3, true) is null`,
  values: ["{}", "{}", "{}"],
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
    connection.bind({ statement: sayPersons.name, values: this.#reach });
    connection.execute({ portal: "" });
    super.prepare(connection);
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    if (this.#isSaid) super.handleCommandComplete(message, connection);
    this.#isSaid = true;
  }
}
