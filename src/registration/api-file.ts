import { z } from "zod";
import type { House } from "../db/house.ts";
import type { Actor } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import type { ApiReply } from "../web/route.ts";
import { viewOf } from "./api-schemas.ts";
import { readPass } from "./file-pass.ts";
import { shownStatus } from "./is-over.ts";
import { type Declaration, findByCode } from "./store.ts";

/** One declaration as programs ask for it: its address, its token, its picture. */
export interface Asked {
  house: House;
  actor: Actor;
  now: Date;
  headers: Record<string, string | undefined>;
}

export const declarationPath = "/api/v1/declarations/{code}";
export const codeParams = z.object({ code: z.string().max(20).describe("Code of the file, with or without dashes") });

export const fileToken = {
  "x-file-token": z
    .string()
    .optional()
    .describe(
      "What opens the file: accessToken, as answered when it was made or opened. Without it the file is not there",
    ),
};

/** The person's own token. Without it the file does not exist. */
export async function ownFile(ask: Asked, given: string): Promise<Declaration> {
  const code = parseFileCode(given);
  const isOpened = code !== undefined && readPass(ask.house.vault, ask.headers["x-file-token"], ask.now) === code;
  const file = isOpened ? await findByCode(ask.house.db, code) : undefined;
  if (!file) throw new NotFound("declaration");
  return file;
}

export async function reply(
  status: number,
  file: Declaration,
  { house, now }: Pick<Asked, "house" | "now">,
  more: Record<string, string> = {},
): Promise<ApiReply> {
  return { status, body: { ...viewOf(file, await shownStatus(house.db, file, now), now), ...more } };
}
