/**
 * Any message, found by the person's number, a telephone or an address: the question "I got nothing" at the counter.
 * What was typed goes into no address and no log; the search is on record.
 */
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { beyondWall } from "../db/wall.ts";
import type { Staff } from "../kernel/actor.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import { parseEmail, parseInsuranceNumber, parsePersonalId, parsePhone } from "../kernel/numbers.ts";
import { findPersonByKey, type NumberKind, recordsOf } from "../register/store.ts";
import { fileIdsByNumber, fileIdsOf, personsWithFileAt } from "../registration/store-many.ts";
import { type NoticeSearch, type NoticeView, searchNotices } from "./store-read.ts";

/** What was typed; 03… can be a telephone and an insurance number at once. */
export interface MessageQuery {
  code?: string;
  numbers: { kind: NumberKind; number: string }[];
  recipients: string[];
}

export function readMessageQuery(typed: string): MessageQuery | undefined {
  const text = typed.normalize("NFC").trim().slice(0, 254);
  const code = parseFileCode(text);
  if (code) return { code, numbers: [], recipients: [] };
  const kinds: [NumberKind, string | undefined][] = [
    ["bhxh", parseInsuranceNumber(text)],
    ["personal_id", parsePersonalId(text)],
    ["cmnd", /^\d{9}$/.test(text) ? text : undefined],
  ];
  const numbers = kinds.flatMap(([kind, number]) => (number ? [{ kind, number }] : []));
  const recipients = [parsePhone(text), parseEmail(text)].flatMap((one) => one ?? []);
  return numbers.length + recipients.length > 0 ? { numbers, recipients } : undefined;
}

const FOUND_AT_MOST = 50;

export interface FoundMessages {
  notices: NoticeView[];
  isCut: boolean;
}

/** `officeCodes` undefined: all (operators). */
export async function findMessages(
  house: House,
  staff: Staff,
  query: MessageQuery,
  officeCodes: readonly string[] | undefined,
): Promise<FoundMessages> {
  // Ids alone: whose messages of these offices they may be is asked afterwards.
  const { search, personId } = await beyondWall(() => searchOf(house, query, officeCodes ?? []));
  const found = await searchNotices(house.db, { officeCodes }, search, FOUND_AT_MOST + 1);
  const notices = found.slice(0, FOUND_AT_MOST);
  await record(house.db, {
    at: house.clock.now(),
    actor: staff,
    action: "notices.search",
    purpose: "notices",
    ...(notices.length > 0 ? { personId } : {}),
    officeCode: officeCodes?.[0],
    detail: { by: query.recipients.length > 0 ? "contact" : "number", found: notices.length },
  });
  return { notices, isCut: found.length > FOUND_AT_MOST };
}

async function searchOf(house: House, { numbers, recipients }: MessageQuery, officeCodes: readonly string[]) {
  const personIds: string[] = [];
  const declarationIds: string[] = [];
  for (const { kind, number } of numbers) {
    const person = await findPersonByKey(house.db, kind, number);
    if (person) personIds.push(...(await recordsOf(house.db, person.personId)));
    declarationIds.push(...(await fileIdsByNumber(house.db, number)));
  }
  if (personIds.length > 0) declarationIds.push(...(await fileIdsOf(house.db, personIds)));
  const ownPersonIds = await personsWithFileAt(house.db, personIds, officeCodes);
  const search: NoticeSearch = { recipients, personIds, declarationIds, ownPersonIds };
  return { search, personId: personIds[0] };
}

/** A message of no office is seen by the offices where its person has a file. */
export async function isSeenBy(
  house: House,
  notice: Pick<NoticeView, "officeCode" | "personId">,
  officeCodes: readonly string[],
): Promise<boolean> {
  if (notice.officeCode !== null) return officeCodes.includes(notice.officeCode);
  if (notice.personId === null) return false;
  const records = await recordsOf(house.db, notice.personId);
  return (await personsWithFileAt(house.db, records, officeCodes)).length > 0;
}
