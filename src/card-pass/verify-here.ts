import { make } from "../kept-card/make.ts";
import { writtenDay, writtenInstant } from "../kept-card/wall-clock.ts";
import { groupNumber } from "../kernel/numbers.ts";
import { type Published, publishedKeys } from "./published-keys.ts";
import { LEEWAY_SECONDS, type Pass, type Verdict, verifyPass } from "./verify.ts";
import { verdictWords } from "./words-verdict.ts";

/** Verifies on this phone and says what came of it; loaded when there is something to verify. */
export async function verdictOf(text: string, lang: "vi" | "en"): Promise<HTMLElement> {
  const said = verdictWords(lang);
  const published = await publishedKeys();
  if (!published) return notice("warning", said.verdicts.unknown_key.title, said.noKeys);
  const { skewMs = 0 } = published;
  const found = await verifyPass(text, published.keys, Date.now() + skewMs);
  const { title, help } = said.verdicts[found.verdict];
  const box = notice(kindOf(found), title, help, clockLine(published, said));
  return make("div", {}, box, "pass" in found && found.verdict !== "early" ? facts(found.pass, said) : undefined);
}

const kindOf = ({ verdict }: Verdict) => (verdict === "valid" ? "good" : verdict === "not_ours" ? "danger" : "warning");

/** By whose clock the code was judged: a wrong clock makes a wrong answer, so it is always said. */
function clockLine({ skewMs }: Published, said: ReturnType<typeof verdictWords>): string {
  const now = writtenInstant(Date.now() + (skewMs ?? 0));
  if (skewMs === undefined) return said.byPhone(now);
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  if (Math.abs(skewMs) <= LEEWAY_SECONDS * 1000) return said.byServer(now);
  return said.clockOff(minutes < 120 ? said.minutes(minutes) : said.hours(Math.round(minutes / 60)), now);
}

function notice(kind: string, title: string, ...lines: string[]): HTMLElement {
  const body = make(
    "div",
    {},
    make("p", { class: "notice-title" }, title),
    ...lines.map((line) => make("p", {}, line)),
  );
  return make("div", { class: `notice ${kind}` }, body);
}

function facts({ name, num, from, to, exp }: Pass, said: ReturnType<typeof verdictWords>): HTMLElement {
  const since = writtenDay(from);
  const rows: [string, string][] = [
    [said.name, name],
    [said.number, groupNumber(num)],
    [said.validity, to ? `${since} – ${writtenDay(to)}` : said.from(since)],
    [said.until, writtenInstant(exp * 1000)],
  ];
  const row = ([key, value]: [string, string]) => make("div", {}, make("dt", {}, key), make("dd", {}, value));
  return make("dl", { class: "summary" }, ...rows.map(row));
}
