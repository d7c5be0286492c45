/** Whom a campaign reaches, and why not the others. Pure. */
export interface Line {
  unitCode: string;
  lineId: string;
  /** Of the register, where name, birth date and number agree with one person. */
  personId: string | null;
  /** Whom the line names, even where something differs: their refusal is asked, and nothing else of them. */
  knownAs: string | null;
  /** As the unit wrote it. */
  phone: string | null;
}

export interface Contacts {
  phone?: string;
  email?: string;
}

export interface Refused {
  persons: ReadonlySet<string>;
  phones: ReadonlySet<string>;
  emails: ReadonlySet<string>;
}

export type Recipient = Pick<Line, "unitCode" | "lineId" | "personId"> &
  ({ result: "written"; phone: string } | { result: "written"; email: string } | { result: Left });
export type Left = "no_channel" | "refused" | "repeated";

/**
 * One message a person: a text to their own number, else to the one that the unit wrote, else an e-mail. Whoever
 * refuses one way is not reached another way. Two lines with one address get one message.
 */
export function chooseRecipients(
  lines: readonly Line[],
  contacts: ReadonlyMap<string, Contacts>,
  refused: Refused,
  hasSms: boolean,
): Recipient[] {
  const told = new Set<string>();
  return lines.map(({ unitCode, lineId, personId, knownAs, phone }) => {
    const line = { unitCode, lineId, personId };
    const own = (personId !== null && contacts.get(personId)) || {};
    const number = own.phone ?? phone ?? undefined;
    const isRefused =
      (knownAs !== null && refused.persons.has(knownAs)) ||
      (number !== undefined && refused.phones.has(number)) ||
      (own.email !== undefined && refused.emails.has(own.email));
    if (isRefused) return { ...line, result: "refused" };
    const way = hasSms && number ? { phone: number } : own.email ? { email: own.email } : undefined;
    if (!way) return { ...line, result: "no_channel" };
    const marks = [Object.values(way).join(), ...(personId === null ? [] : [`person ${personId}`])];
    const isRepeated = marks.some((mark) => told.has(mark));
    for (const mark of marks) told.add(mark);
    return isRepeated ? { ...line, result: "repeated" } : { ...line, result: "written", ...way };
  });
}

export interface Preview {
  people: number;
  sms: number;
  email: number;
  noChannel: number;
  refused: number;
  repeated: number;
}

/** Each line counts in exactly one of the five. */
export function countRecipients(recipients: readonly Recipient[]): Preview {
  const having = (holds: (one: Recipient) => boolean) => recipients.filter(holds).length;
  return {
    people: recipients.length,
    sms: having((one) => "phone" in one),
    email: having((one) => "email" in one),
    noChannel: having(({ result }) => result === "no_channel"),
    refused: having(({ result }) => result === "refused"),
    repeated: having(({ result }) => result === "repeated"),
  };
}
