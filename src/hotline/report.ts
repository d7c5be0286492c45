/** A difficulty that somebody reports without being known: by the web, or a unit for itself. */
import { randomUUID } from "node:crypto";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone, type Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Forbidden, Invalid, TryLater } from "../kernel/failures.ts";
import { parseTicketCode } from "../kernel/ticket-code.ts";
import type { Lang } from "../kernel/words.ts";
import { policyOn } from "../policy/store.ts";
import { categoriesNow } from "./categories.ts";
import { type Opened, openTicket } from "./open-ticket.ts";
import { webReports } from "./rules-policies.ts";
import { isReporter, parseReport, parseWhat } from "./rules-ticket.ts";
import { countTries, noteTries } from "./store-call.ts";
import { countReports, findTicket, type Ticket } from "./store-ticket.ts";

type Form = Readonly<Record<string, string | undefined>>;
const HOUR_MS = 3600_000;
const TRIES_AN_HOUR = 10;

/** Throws Invalid, and TryLater where the address, the contact or everybody together has reported enough for now. */
export async function reportByWeb(
  house: House,
  form: Form,
  { address, lang }: { address: string; lang: Lang },
): Promise<Opened> {
  const now = house.clock.now();
  const parsed = parseReport(form, await categoriesNow(house.db, now));
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const { name, phone, email, ...what } = parsed.value;
  const fromMarks = house.vault.everyMark("hotline-report", `address:${address}`);
  return inTransaction(house.db, async (tx) => {
    const recent = await countReports(tx, { fromMarks, phone, email }, now);
    const most = await policyOn(tx, webReports, dayOf(now));
    if (recent.addressThisHour >= most.addressAnHour || recent.allThisHour >= most.allAnHour) {
      throw new TryLater("too_many", HOUR_MS / 1000);
    }
    if (recent.contactToday >= most.contactADay) throw new TryLater("too_many", 24 * (HOUR_MS / 1000));
    return openTicket(tx, house, anyone, {
      ...what,
      ...{ priority: "normal", channel: "web", lang, reporterName: name, phone, email, fromMark: fromMarks[0] },
    });
  });
}

/** A coordinator for one of their own units. */
export async function reportByUnit(
  house: House,
  staff: Staff,
  form: Form,
  units: readonly { code: string; officeCode: string }[],
): Promise<Opened> {
  const parsed = parseWhat(form, await categoriesNow(house.db, house.clock.now()));
  const unit = units.find(({ code }) => code === (form.unit ?? units[0]?.code));
  if (!unit) throw new Forbidden();
  if (!parsed.ok) throw new Invalid(parsed.faults);
  return inTransaction(house.db, (tx) =>
    openTicket(tx, house, staff, {
      ...parsed.value,
      ...{ priority: "normal", channel: "unit", lang: "vi", unitCode: unit.code, reporterName: staff.name },
    }),
  );
}

/**
 * Where a ticket stands, to whoever knows its code and the end of the telephone or the e-mail. An unknown code, a wrong
 * ending and a code that was tried too often are answered alike.
 */
export async function stateOfTicket(house: House, form: Form): Promise<Ticket> {
  const code = parseTicketCode(form.code ?? "");
  const noMatch = new Invalid([{ field: "code", key: "no_match" }]);
  if (!code) throw noMatch;
  const now = house.clock.now();
  const marks = [house.vault.everyMark("hotline-ticket", code)];
  const found = await inTransaction(house.db, async (tx) => {
    const tries = await countTries(tx, marks, new Date(now.getTime() - HOUR_MS));
    const ticket = await findTicket(tx, code);
    const isRight = ticket !== undefined && isReporter(ticket, form.ending ?? "");
    if (!isRight) await noteTries(tx, marks, now, randomUUID());
    return isRight && tries < TRIES_AN_HOUR ? ticket : undefined;
  });
  if (!found) throw noMatch;
  return found;
}
