/** Beside a person's card: the members of their household by name and relation, and what each step pays. */
import type { BesideFact } from "../dispute/beside.ts";
import { MEMBERS, reportHref } from "../dispute/rules.ts";
import { words as disputeWords } from "../dispute/words.ts";
import { householdRates, type Wage } from "../household/rules.ts";
import type { Member } from "../household/store.ts";
import { words } from "../household/words.ts";
import { dayOf, formatDay, type Lang, type PlainDate } from "../kernel/calendar.ts";
import { formatWhole } from "../kernel/money.ts";
import { ButtonLink, LawNote, ReportedNote, SummaryList } from "../ui/index.ts";

interface HouseholdProps {
  members: readonly Member[];
  receivedAt: Date | undefined;
  reported: BesideFact | undefined;
  wages: readonly Wage[];
  day: PlainDate;
  lang: Lang;
}

/** Nothing where nobody else was declared: a person alone is no news to them. */
export function HouseholdPart({ members, receivedAt, reported, wages, day, lang }: HouseholdProps) {
  if (members.length < 2) return null;
  const said = words(lang);
  return (
    <>
      <h2 id="household">{said.title}</h2>
      <p>{said.lead}</p>
      <ul>
        {members.map(({ fullName, relation, isSelf }, at) => (
          <li key={`${at} ${fullName}`}>
            {fullName}
            {isSelf ? ` (${said.self})` : null}
            {relation ? (
              <>
                {": "}
                <span lang="vi">{relation}</span>
              </>
            ) : null}
          </li>
        ))}
      </ul>
      {receivedAt ? <p class="hint">{said.reported(formatDay(dayOf(receivedAt), lang))}</p> : null}
      <ReportedNote reported={reported} />
      <ButtonLink kind="quiet" href={reportHref(MEMBERS)}>
        {disputeWords(lang).report}
      </ButtonLink>
      <StepsNote wages={wages} day={day} lang={lang} />
    </>
  );
}

function StepsNote({ wages, day, lang }: Pick<HouseholdProps, "wages" | "day" | "lang">) {
  const said = words(lang);
  const rates = householdRates(wages, day.toString());
  if (!rates) return null;
  return (
    <LawNote clauses={rates.clauses}>
      <p>{said.steps}</p>
      <SummaryList
        rows={rates.monthly.map((amount, at) => ({ key: said.nth(at + 1), value: formatWhole(amount, lang) }))}
      />
      <p>
        {said.unknownStep} {said.asOf(formatDay(day, lang))}
      </p>
    </LawNote>
  );
}
