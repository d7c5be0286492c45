import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { aboutFile, beyondWall } from "../db/wall.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { type Declaration, findByCode } from "../registration/store.ts";
import { type Search, searchDeclarations } from "../registration/store-search.ts";
import { getOffice } from "../units/store.ts";
import { type CounterQuery, readQuery } from "./rules-query.ts";

export interface Found {
  query: CounterQuery;
  files: Declaration[];
  /** The code is right, but the file is to be handed in at this other office: nothing else is told. */
  elsewhere: string | undefined;
  /** There may be more than are shown. */
  isCut: boolean;
}

const FILES_AT_MOST = 20;

/** One box for code, QR, number, phone or name; only files of the officer's own offices. The search is on record. */
export async function findFile(house: House, staff: Staff, typed: string): Promise<Found> {
  const query = readQuery(typed);
  const officeCodes = officesAtWork(staff);
  const { files, isCut } = await filesFor(house, query, { typed, officeCodes });
  const elsewhere = query.kind === "code" && files.length === 0 ? await otherOffice(house, query.code) : undefined;
  await record(house.db, {
    at: house.clock.now(),
    actor: staff,
    action: "review.search",
    purpose: "review",
    officeCode: officeCodes[0],
    detail: { by: query.kind, found: files.length, codes: files.map(({ code }) => code) },
  });
  return { query, files, elsewhere, isCut };
}

async function filesFor(
  house: House,
  query: CounterQuery,
  { typed, officeCodes }: { typed: string; officeCodes: string[] },
): Promise<Pick<Found, "files" | "isCut">> {
  let isCut = false;
  const found = new Map<string, Declaration>();
  for (const by of searchesOf(query, typed)) {
    const search = () => searchDeclarations(house.db, { ...by, officeCodes, limit: FILES_AT_MOST });
    // An index of words serves no statement that a policy must be asked before; it is by office, too.
    const files = await (by.text === undefined ? search() : beyondWall(search));
    isCut ||= files.length === FILES_AT_MOST;
    for (const file of files) if (file.status !== "draft") found.set(file.id, file);
  }
  return { files: [...found.values()], isCut };
}

function searchesOf(query: CounterQuery, typed: string): Omit<Search, "limit" | "officeCodes">[] {
  switch (query.kind) {
    case "code":
      return [{ code: query.code }];
    case "number":
      return [
        ...[query.number, query.oldNumber].flatMap((number) => (number ? [{ number }] : [])),
        ...(query.phone ? [{ phone: query.phone }] : []),
      ];
    case "name":
      return [{ text: typed.slice(0, 200) }];
    case "nothing":
      return [];
  }
}

async function otherOffice(house: House, code: string): Promise<string | undefined> {
  const file = await aboutFile(code, () => findByCode(house.db, code));
  if (!file?.officeCode || file.status === "draft") return undefined;
  return (await getOffice(house.db, file.officeCode))?.name;
}
