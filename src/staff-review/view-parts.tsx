import { formatDay, type Lang, plainDate } from "../kernel/calendar.ts";
import { Layout, type LayoutProps, Tag } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { nameOf } from "./rules.ts";
import style from "./staff-review.css?inline";
import { words } from "./words.ts";

/** What every page of the review shows alike. */

export const reviewHref = (...parts: readonly (string | number)[]) => ["/console/staff-review", ...parts].join("/");

export interface Seat {
  ask: Ask;
  /** The office of who reads. */
  officeName: string | undefined;
}

interface FrameProps extends Seat, Pick<LayoutProps, "title" | "children"> {
  back?: string | undefined;
}

export function Frame({ children, ...seat }: FrameProps) {
  return (
    <Layout {...seat} face="console" nowAt="staffReview" wide styles={[style]}>
      {children}
    </Layout>
  );
}

/** "officer@52T01" → "Cán bộ tiếp nhận". */
export function rightText(held: string, lang: Lang): string {
  const said = words(lang);
  const { what, isRole } = nameOf(held);
  const texts: Record<string, string> = isRole ? said.roles : said.rights;
  return texts[what] ?? what;
}

export function factorText(factors: readonly string[], lang: Lang): string {
  const said = words(lang);
  const texts: Record<string, string> = said.factors;
  return factors.length > 0 ? factors.map((one) => texts[one] ?? one).join(", ") : said.office.noFactor;
}

export const dayText = (iso: string, lang: Lang) => formatDay(plainDate(iso), lang);

/** Overdue, or until when nothing is. */
export function StateTag({ due, until, lang }: { due: number; until: string; lang: Lang }) {
  const said = words(lang).state;
  if (due > 0) return <Tag tone="danger">{said.due(due)}</Tag>;
  return <Tag tone="good">{said.until(dayText(until, lang))}</Tag>;
}
