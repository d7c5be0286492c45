import { readPapers } from "../benefits/store-documents.ts";
import { words as benefitWords } from "../benefits/words.ts";
import type { House } from "../db/house.ts";
import type { RecordOwner } from "../kernel/actor.ts";
import { formatDay, formatMonth, type Lang, plainDate } from "../kernel/calendar.ts";
import { parseFund } from "../participation/rules.ts";
import { words as participationWords } from "../participation/words.ts";
import { findVisit } from "../visits/store.ts";
import type { Fact } from "./rules.ts";
import { words } from "./words.ts";

/** A fact in words, as its own page calls it. On the person's own pages a private visit tells its day alone. */
export async function factText(
  house: House,
  owner: RecordOwner & { readBy?: string },
  { kind, id }: Fact,
  lang: Lang,
): Promise<string> {
  const said = words(lang).facts;
  const day = (iso: string) => formatDay(plainDate(iso), lang);
  if (kind === "visit") {
    const visit = await findVisit(house.db, owner, id);
    if (!visit) return said.visitGone;
    const admitted = day(visit.admittedAt.slice(0, 10));
    return visit.isSensitive && owner.readBy ? said.visitPrivate(admitted) : said.visit(admitted, visit.facilityName);
  }
  if (kind === "paper") {
    const paper = (await readPapers(house.pool, owner)).papers.find((one) => one.id === id);
    if (!paper) return said.paperGone;
    const { issuedOn, fromOn, serial, facilityName = paper.facilityCode } = paper;
    const from = issuedOn ?? fromOn;
    const on = from && day(from);
    return paper.isSensitive && owner.readBy ? said.paperPrivate(on) : said.paper(on, facilityName, serial);
  }
  if (kind === "person") return said.identity;
  if (kind === "household") return said.household;
  if (kind === "card") return said.card(day(id));
  const [part = "", month] = id.split(".");
  if (kind === "benefit") {
    const kinds: Record<string, string> = benefitWords(lang).kinds;
    return id === "" ? said.benefits : said.benefit(kinds[part] ?? part, day(month ?? ""));
  }
  const fund = participationWords(lang).funds[parseFund(part) ?? "bhxh"];
  return month ? said.month(fund, formatMonth(`${month}-01`)) : said.fund(fund);
}
