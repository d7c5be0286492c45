import { formatInstant } from "../kernel/calendar.ts";
import type { Declaration } from "../registration/store.ts";
import { Panel, SummaryList } from "../ui/index.ts";
import type { Counter } from "./view-parts.tsx";
import { howWords } from "./words-how.ts";

/** Who filled the form in, how somebody who was helped agreed, and which contacts were proved by a code. */
export function DeclaredHow({ at, file }: { at: Counter; file: Declaration }) {
  const { lang } = at.ask;
  const said = howWords(lang);
  const { who, phone, email } = file.answers;
  const reached = (where: string, provedAt: Date | null) =>
    `${where} · ${provedAt ? said.proved(formatInstant(provedAt, lang)) : said.unproved}`;
  const helper = who?.declarer && [who.declarer, who.declarerAs].filter(Boolean).join(" · ");
  const rows = [
    helper && { key: said.by[who.forWhom], value: helper },
    file.consent && { key: said.consent, value: consentText(at, file) },
    phone && { key: said.phone, value: reached(phone.number, file.phoneProvedAt) },
    email?.address && { key: said.email, value: reached(email.address, file.emailProvedAt) },
  ];
  const shown = rows.filter((row) => typeof row === "object" && row !== null);
  if (shown.length === 0) return null;
  return (
    <Panel title={said.title}>
      <SummaryList rows={shown} />
    </Panel>
  );
}

function consentText({ ask: { lang } }: Counter, { consent, consentedAt }: Declaration): string {
  const said = howWords(lang);
  return consent === "code" && consentedAt ? said.byCode(formatInstant(consentedAt, lang)) : said.byPaper;
}
