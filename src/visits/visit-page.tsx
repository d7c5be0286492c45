/** /app/visits/:id: one visit. Who paid what, line by line, where it comes from, and how to say that it is wrong. */

import { noteLook } from "../audit/record.ts";
import { besideFact } from "../dispute/beside.ts";
import { findSignature } from "../intake/store-signature.ts";
import { dayOf, formatDay, formatInstant, type Lang, plainDate } from "../kernel/calendar.ts";
import { NotFound } from "../kernel/failures.ts";
import { formatWhole } from "../kernel/money.ts";
import { maskNumber } from "../kernel/numbers.ts";
import { isUuid } from "../kernel/uuid.ts";
import { readerOf } from "../me/reader.ts";
import { ButtonLink, Details, Layout, Notice, Panel, ReportedNote, SummaryList } from "../ui/index.ts";
import { type Ask, page, type Reply } from "../web/route.ts";
import { CostBar } from "./bars.tsx";
import { illnessesInWords, illnessInWords } from "./illness.ts";
import { type Declared, type Item, readFlags, readItems } from "./items.ts";
import { Origin, Papers } from "./rest-view.tsx";
import { isInpatient, mismatches, PAYERS, type ShownCosts, shownCosts, unevenLines } from "./rules.ts";
import { findVisit, type Visit } from "./store.ts";
import { earlierVersions, findRest } from "./store-rest.ts";
import { Check } from "./visit-check.tsx";
import { ItemList, NoteList, ResultList } from "./visit-lines.tsx";
import style from "./visits.css?inline";
import { words } from "./words.ts";
import { words as restWords } from "./words-rest.ts";

export async function showVisit(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const actor = readerOf(ask.actor);
  const id = ask.params.id ?? "";
  const visit = isUuid(id) ? await findVisit(house.db, actor, id) : undefined;
  if (!visit) throw new NotFound("visit");
  const object = { kind: "visit", id } as const;
  noteLook(house, { at: now, actor, action: "read_visit", purpose: "own_record", personId: actor.personId, object });
  const [rest, versions, signature] = await Promise.all([
    findRest(house.db, actor, id),
    earlierVersions(house.db, actor.personId, id),
    findSignature(house.db, visit.sourceFileId),
  ]);
  const said = words(lang);
  const day = formatDay(plainDate(visit.admittedAt.slice(0, 10)), lang);
  const items = readItems(visit.items, visit.itemsVersion);
  const reported = await besideFact(house, actor, object, lang);
  const title = said.detailTitle(day);
  return page(
    <Layout
      ask={ask}
      face="app"
      title={title}
      styles={[style]}
      back={`/app/visits?year=${visit.admittedAt.slice(0, 4)}`}
      nowAt="visits"
    >
      <h1>{title}</h1>
      <ReportedNote reported={reported} />
      <SummaryList rows={headRows(visit, lang)} />
      <Payers costs={shownCosts(visit.costs)} visit={visit} lang={lang} />
      <Doubts visit={visit} items={items} lang={lang} />
      {visit.isSensitive ? (
        <Panel title={said.sensitive}>
          <p>{said.sensitiveHelp}</p>
          <Details summary={said.sensitiveShow}>
            <Inside visit={visit} items={items} lang={lang} />
            <Papers tables={rest?.tables ?? null} lang={lang} />
            {rest?.hasHivTable ? (
              <ButtonLink kind="quiet" href={`/app/visits/${id}/private-care`}>
                {restWords(lang).hivShow}
              </ButtonLink>
            ) : null}
          </Details>
        </Panel>
      ) : (
        <>
          <Inside visit={visit} items={items} lang={lang} />
          <Papers tables={rest?.tables ?? null} lang={lang} />
        </>
      )}
      <p class="hint">
        {said.source(visit.facilityName, formatDay(dayOf(visit.arrivedAt), lang), versions.length + 1)}
      </p>
      <Origin visit={visit} signature={signature} versions={versions.length} lang={lang} />
      <Check visitId={visit.visitId} lang={lang} />
    </Layout>,
  );
}

function headRows(visit: Visit, lang: Lang) {
  const said = words(lang);
  const careTypes: Record<string, string> = said.careTypes;
  const outcomes: Record<number, string> = said.outcomes;
  const outcome = visit.outcome === null ? undefined : outcomes[visit.outcome];
  return [
    { key: said.facility, value: visit.facilityName },
    { key: said.care, value: careTypes[visit.careType] ?? visit.careType },
    { key: said.in, value: wallClock(visit.admittedAt, lang) },
    { key: said.out, value: wallClock(visit.dischargedAt, lang) },
    ...(outcome && isInpatient(visit.careType) ? [{ key: said.outcome, value: outcome }] : []),
    ...(visit.cardNumber ? [{ key: said.card, value: maskNumber(visit.cardNumber) }] : []),
  ];
}

/** "2026-11-20 08:20:00" of Viet Nam → 08:20 20/11/2026. */
function wallClock(text: string, lang: Lang): string {
  return formatInstant(new Date(`${text.replace(" ", "T")}+07:00`), lang);
}

function Payers({ costs, visit, lang }: { costs: ShownCosts; visit: Visit; lang: Lang }) {
  const said = words(lang);
  const shown = PAYERS.filter((payer) => payer !== "other" || costs.other !== 0n);
  return (
    <Panel title={said.costs}>
      <div class="payer-table">
        <CostBar costs={costs} longest={costs.total} height={28} />
        <dl>
          {shown.map((payer) => (
            <div key={payer} class={`payer-row by-${payer}`}>
              <dt>{said.payers[payer]}</dt>
              <dd class="amount">{formatWhole(costs[payer], lang)}</dd>
              <dd class="meaning">{said.meanings[payer]}</dd>
            </div>
          ))}
          <div class="payer-row sum">
            <dt>{said.total}</dt>
            <dd class="amount">{formatWhole(costs.total, lang)}</dd>
          </div>
        </dl>
        {visit.spec === "4210" ? <p>{said.oldForm}</p> : null}
        <p class="hint">{said.notBill}</p>
      </div>
    </Panel>
  );
}

/** Everything that does not fit, told and not repaired. */
function Doubts({ visit, items, lang }: { visit: Visit; items: readonly Item[]; lang: Lang }) {
  const said = words(lang);
  const { apart } = shownCosts(visit.costs);
  const uneven = unevenLines(items).length;
  const flags = new Set(readFlags(visit.flags).map(({ kind }) => kind));
  const money = (whole: bigint) => formatWhole(whole, lang);
  const doubts = [
    ...mismatches(visit.costs, JSON.parse(visit.declared) as Declared).map(({ part, declared, lines }) =>
      said.mismatch(part === "total" ? said.total : said.payers[part], money(declared), money(lines)),
    ),
    ...(apart === undefined ? [] : [said.apart(money(apart < 0n ? -apart : apart))]),
    ...(uneven > 0 ? [said.uneven(uneven)] : []),
    ...(flags.has("date_order") ? [said.dateOrder] : []),
    ...(flags.has("unknown_code") ? [said.unknownCode] : []),
  ];
  if (doubts.length === 0) return null;
  return (
    <Notice kind="warning" title={said.mismatchTitle}>
      <ul>
        {doubts.map((doubt) => (
          <li key={doubt}>{doubt}</li>
        ))}
      </ul>
      <p>{said.mismatchHelp}</p>
    </Notice>
  );
}

/** What tells the illness: diagnosis, lines, results, notes. */
function Inside({ visit, items, lang }: { visit: Visit; items: readonly Item[]; lang: Lang }) {
  const said = words(lang);
  const inWords = illnessInWords(visit.mainCode, lang);
  const others = illnessesInWords(visit.otherCodes ?? "", lang).filter((other) => other !== inWords);
  return (
    <>
      <h2>{said.illness}</h2>
      {inWords ? <p class="lead">{inWords}</p> : null}
      {others.length > 0 ? (
        <p>
          {said.otherCodes}: {others.join(", ")}
        </p>
      ) : null}
      <p>
        {said.doctorWrote}: <span lang="vi">{visit.diagnosis}</span>
      </p>
      <Details summary={said.codes}>
        <p>
          {said.mainCode}: <code>{visit.mainCode}</code>
        </p>
        {visit.otherCodes ? (
          <p>
            {said.otherCodes}: <code>{visit.otherCodes.replaceAll(";", ", ")}</code>
          </p>
        ) : null}
      </Details>
      <ItemList items={items} lang={lang} />
      <ResultList text={visit.results} lang={lang} />
      <NoteList text={visit.notes} lang={lang} />
    </>
  );
}
