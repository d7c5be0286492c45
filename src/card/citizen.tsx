/** /app/card: what the card gives, why it ends when it does, and the other cards. */
import { noteLook } from "../audit/record.ts";
import { type BesideFact, besideFact, besideFacts } from "../dispute/beside.ts";
import { MEMBERS, reportHref } from "../dispute/rules.ts";
import { householdOf } from "../household/store.ts";
import { newestReceipt } from "../intake/file-times.ts";
import { dayOf, formatDay, type Lang, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { formatWhole } from "../kernel/money.ts";
import { groupNumber } from "../kernel/numbers.ts";
import { readerOf } from "../me/reader.ts";
import { ButtonLink, DataTable, LawNote, Layout, Notice, Panel, ReportedNote, SummaryList } from "../ui/index.ts";
import { codeList } from "../units/store-lists.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import { HouseholdPart } from "./household.tsx";
import { FiveYearPanel, FormNote, UpTo } from "./laws.tsx";
import {
  cardToShow,
  entitlementOn,
  groupOn,
  hasFiveYears,
  rightsClauses,
  stateOf,
  type Thresholds,
  thresholdsOn,
} from "./rules.ts";
import { type OwnChoiceCare, ownChoiceCare, ownChoiceClauses } from "./rules-own-choice.ts";
import { renewalNote } from "./rules-renewal.ts";
import type { CardState } from "./rules-state.ts";
import { baseWages, readCards, type ShownCard } from "./store.ts";
import { validityText, words } from "./words.ts";

export const routes: Route[] = [
  pageRoute({ method: "GET", path: "/app/card", who: ["citizen"], purpose: "own_record", handle: showCard }),
];

async function showCard(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const actor = readerOf(ask.actor);
  const [{ cards }, wages, codes, members, reported, reportedHousehold] = await Promise.all([
    readCards(house.pool, actor.personId),
    baseWages(house.db),
    codeList(house.db, "entitlement"),
    householdOf(house.db, actor.personId),
    besideFacts(house, actor, "card", lang),
    besideFact(house, actor, MEMBERS, lang),
  ]);
  noteLook(house, { at: now, actor, action: "read_cards", purpose: "own_record", personId: actor.personId });
  const said = words(lang);
  const day = dayOf(now);
  const shown = cardToShow(cards, day);
  const others = cards.filter((card) => card !== shown?.card);
  const received = (facts: readonly { sourceFileId: string | undefined }[]) =>
    newestReceipt(
      house.db,
      facts.map(({ sourceFileId }) => sourceFileId),
    );
  const [upTo, declaredAt] = [await received(cards), await received(members)];
  return page(
    <Layout ask={ask} face="app" title={said.rightsTitle} back="/app" nowAt="card">
      <h1>{said.rightsTitle}</h1>
      {shown ? (
        <>
          {isUsable(shown.state) ? (
            <Rights
              card={shown.card}
              day={day}
              thresholds={thresholdsOn(wages, day)}
              elsewhere={ownChoiceCare(codes, day)}
              lang={lang}
            />
          ) : (
            <Notice kind="danger" title={said.states[shown.state]}>
              <p>{said.stateHelp[shown.state]}</p>
            </Notice>
          )}
          <FiveYearPanel card={shown.card} cards={cards} lang={lang} />
          <About {...shown} reported={reported.get(shown.card.validFrom)} day={day} lang={lang} />
        </>
      ) : (
        <Notice kind="info" title={said.none}>
          <p>{said.noneHelp}</p>
        </Notice>
      )}
      {others.length > 0 ? <OtherCards cards={others} day={day} lang={lang} /> : null}
      <HouseholdPart {...{ members, wages, day, lang }} receivedAt={declaredAt} reported={reportedHousehold} />
      {shown ? <FormNote cards={cards} day={day} lang={lang} /> : null}
      <UpTo cards={cards} at={upTo} lang={lang} />
    </Layout>,
  );
}

/** It opens something, now or from its first day on. */
const isUsable = (state: CardState) => state === "valid" || state === "not_yet";

interface CardProps {
  card: ShownCard;
  day: PlainDate;
  lang: Lang;
}

interface RightsProps extends CardProps {
  thresholds: Thresholds | undefined;
  elsewhere: OwnChoiceCare;
}

function Rights({ card, day, thresholds, elsewhere, lang }: RightsProps) {
  const said = words(lang);
  const entitlement = entitlementOn(card, day);
  if (!entitlement) {
    return (
      <Panel title={said.rights}>
        <p>{said.noRights}</p>
      </Panel>
    );
  }
  const { percent, isWithoutRatios } = entitlement;
  const sharesCosts = percent < 100;
  return (
    <Panel title={said.rights}>
      <p class="lead">{said.percent(String(percent), String(100 - percent))}</p>
      <ul>
        {isWithoutRatios ? <li>{said.withoutRatios}</li> : null}
        {sharesCosts && thresholds ? <li>{said.oneVisit(formatWhole(thresholds.oneVisit, lang))}</li> : null}
        {sharesCosts ? <li>{said.commune}</li> : null}
        {sharesCosts && thresholds ? <FiveYears card={card} day={day} lang={lang} thresholds={thresholds} /> : null}
      </ul>
      <Elsewhere care={elsewhere} lang={lang} />
      <LawNote clauses={[...rightsClauses, { act: "health188", at: "18.2" }, ...ownChoiceClauses]}>
        <p>{said.asOf(formatDay(day, lang))}</p>
      </LawNote>
    </Panel>
  );
}

/** Nothing is promised of a place that the list does not tell. */
function Elsewhere({ care: { inpatient, outpatient }, lang }: { care: OwnChoiceCare; lang: Lang }) {
  const said = words(lang);
  const [highest] = inpatient;
  if (highest === undefined && outpatient.length === 0) return null;
  return (
    <>
      <p>{said.elsewhereCare}</p>
      <ul>
        {highest === undefined ? null : <li>{said.inpatient(inpatient.at(-1) ?? highest, highest)}</li>}
        {outpatient.length > 0 ? <li>{said.outpatient(outpatient)}</li> : null}
        {outpatient.includes(0) ? <li>{said.centralOnes}</li> : null}
      </ul>
    </>
  );
}

function FiveYears({ card, day, lang, thresholds }: CardProps & { thresholds: Thresholds }) {
  const said = words(lang);
  if (!card.fiveYearOn) return null;
  const amount = formatWhole(thresholds.yearOfCoPayment, lang);
  if (hasFiveYears(card, day)) return <li>{said.fiveYearRight(amount)}</li>;
  return <li>{said.fiveYearLater(formatDay(plainDate(card.fiveYearOn), lang), amount)}</li>;
}

function About({
  card,
  state,
  reported,
  day,
  lang,
}: CardProps & { state: CardState; reported: BesideFact | undefined }) {
  const said = words(lang);
  const group = groupOn(card, day);
  const renewal = isUsable(state) ? renewalNote(card) : undefined;
  const last = card.validTo ? formatDay(plainDate(card.validTo), lang) : "";
  const groupName = group ? (lang === "en" ? group.nameEn : group.nameVi) : undefined;
  const rows = [
    { key: said.number, value: groupNumber(card.number) },
    { key: said.valid, value: validityText(card, lang) },
    { key: said.state, value: said.states[state] },
    ...(card.group ? [{ key: said.group, value: groupName ? `${groupName} (${card.group})` : card.group }] : []),
    ...(card.livingArea ? [{ key: said.area, value: card.livingArea }] : []),
    ...(card.issuedBy ? [{ key: said.issuedBy, value: card.issuedBy }] : []),
  ];
  return (
    <>
      {renewal ? (
        <Panel title={said.whyEnds(last)} tone="tinted">
          <p>{said.renewal[renewal](last)}</p>
        </Panel>
      ) : null}
      <SummaryList rows={rows} />
      <h2>{said.wrong}</h2>
      <ReportedNote reported={reported} />
      <ButtonLink kind="quiet" href={reportHref({ kind: "card", id: card.validFrom })}>
        {said.wrongAct}
      </ButtonLink>
    </>
  );
}

function OtherCards({ cards, day, lang }: { cards: readonly ShownCard[]; day: PlainDate; lang: Lang }) {
  const said = words(lang);
  return (
    <>
      <h2>{said.others}</h2>
      <DataTable
        caption={said.others}
        hideCaption
        rows={cards}
        rowKey={(card) => card.number + card.validFrom}
        columns={[
          { head: said.otherColumns.number, cell: (card) => groupNumber(card.number), isMain: true },
          { head: said.otherColumns.valid, cell: (card) => validityText(card, lang) },
          { head: said.otherColumns.state, cell: (card) => said.states[stateOf(card, day)] },
        ]}
      />
    </>
  );
}
