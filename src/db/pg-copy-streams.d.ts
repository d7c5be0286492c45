/** The reading half of the package, which brings no types of its own; the writing half stands with the import. */
declare module "pg-copy-streams" {
  import type { Readable } from "node:stream";
  import type { Submittable } from "pg";

  export interface CopyToStream extends Readable, Submittable {
    rowCount: number;
  }
  export function to(sql: string): CopyToStream;
}
