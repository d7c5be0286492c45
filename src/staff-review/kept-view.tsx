import { formatInstant } from "../kernel/calendar.ts";
import { ButtonLink, DataTable, SummaryList } from "../ui/index.ts";
import type { KeptLine, OfficeReview } from "./store.ts";
import { dayText, Frame, factorText, reviewHref, rightText, type Seat } from "./view-parts.tsx";
import { words } from "./words.ts";

interface KeptProps extends Seat {
  office: { code: string; name: string };
  review: OfficeReview;
  lines: readonly KeptLine[];
}

/** One review as it was signed. */
export function KeptReviewPage({ ask, officeName, office, review, lines }: KeptProps) {
  const { lang } = ask;
  const said = words(lang);
  const { kept } = said;
  const title = kept.title(review.no);
  return (
    <Frame ask={ask} officeName={officeName} title={title} back={reviewHref(office.code)}>
      <h1>{title}</h1>
      <SummaryList
        rows={[
          { key: said.list.office, value: office.name },
          { key: kept.at, value: formatInstant(review.at, lang) },
          { key: kept.by, value: review.byName },
          { key: kept.keeps, value: String(review.kept) },
          { key: kept.ends, value: String(review.ended) },
        ]}
      />
      <DataTable
        caption={kept.lines}
        rows={lines}
        rowKey={({ staffId, held }) => `${staffId} ${held}`}
        columns={[
          { head: kept.member, isMain: true, cell: ({ name, username }) => `${name} (${username})` },
          { head: kept.right, cell: ({ held }) => rightText(held, lang) },
          { head: kept.since, cell: ({ since }) => dayText(since, lang) },
          {
            head: kept.lastSeen,
            cell: ({ lastSeenOn }) => (lastSeenOn ? dayText(lastSeenOn, lang) : said.office.neverSeen),
          },
          { head: kept.factors, cell: ({ factors }) => factorText(factors, lang) },
          { head: kept.looks, isNumber: true, cell: ({ looks }) => String(looks) },
          { head: kept.verdict, cell: ({ verdict }) => said.verdicts[verdict] },
          { head: kept.reason, cell: ({ reason }) => reason ?? "–" },
        ]}
      />
      <ButtonLink href={reviewHref(office.code, review.no, "review.csv")} kind="quiet">
        {kept.csv}
      </ButtonLink>
    </Frame>
  );
}
