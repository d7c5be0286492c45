/** /app/benefits/papers: papers that care facilities gave for benefits: sick leave, discharge, rest in pregnancy. */
import { noteLook } from "../audit/record.ts";
import { newestOf } from "../intake/store-files.ts";
import { dayOf, formatDay, type Lang, plainDate } from "../kernel/calendar.ts";
import { readerOf } from "../me/reader.ts";
import { Details, Layout, Panel, SummaryList } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import style from "./benefits.css?inline";
import { filesOfPapers } from "./store.ts";
import { type BenefitPaper, readPapers } from "./store-documents.ts";
import { paperKind, words } from "./words-papers.ts";

export const routes: Route[] = [
  pageRoute({
    method: "GET",
    path: "/app/benefits/papers",
    who: ["citizen"],
    purpose: "own_record",
    sensitive: true,
    handle: showPapers,
  }),
];

async function showPapers(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const actor = readerOf(ask.actor);
  const { papers = [] } = await readPapers(house.pool, actor.personId);
  noteLook(house, { at: now, actor, action: "read_papers", purpose: "own_record", personId: actor.personId });
  const upTo = await newestOf(house.db, await filesOfPapers(house.db, actor.personId));
  const said = words(lang);
  return page(
    <Layout ask={ask} face="app" title={said.title} styles={[style]} nowAt="benefits" back="/app/benefits">
      <h1>{said.title}</h1>
      <p class="lead">{papers.length > 0 ? said.lead(papers.length) : said.empty}</p>
      {papers.length > 0 ? null : <p>{said.emptyHelp}</p>}
      {papers.map((paper) => (
        <Paper key={paper.id} paper={paper} lang={lang} />
      ))}
      {upTo ? <p class="hint">{said.upTo(formatDay(dayOf(upTo), lang))}</p> : null}
    </Layout>,
  );
}

function Paper({ paper, lang }: { paper: BenefitPaper; lang: Lang }) {
  const said = words(lang);
  const day = (iso: string | undefined) => iso && formatDay(plainDate(iso), lang);
  const [from, to] = [day(paper.fromOn), day(paper.toOn)];
  const facts: [string, string | undefined][] = [
    [said.time, from && to && from !== to ? said.fromTo(from, to) : (from ?? to)],
    [said.issued, day(paper.issuedOn)],
    [said.facility, paper.facilityName ?? said.facilityCode(paper.facilityCode)],
    [said.serial, paper.serial],
    [said.unit, paper.unitName],
  ];
  return (
    <Panel title={paperKind(paper.kind, lang)}>
      <SummaryList rows={facts.flatMap(([key, value]) => (value ? [{ key, value }] : []))} />
      {paper.diagnosis ? (
        <Details summary={paper.isSensitive ? said.sensitive : said.diagnosis}>
          <p>{paper.diagnosis}</p>
        </Details>
      ) : null}
    </Panel>
  );
}
