/** At the end of a visit: what to look at when checking it, and the two ways to say that it is wrong. */
import { type DisputeKind, reportHref } from "../dispute/rules.ts";
import type { Lang } from "../kernel/calendar.ts";
import { Acts, ButtonLink, Panel } from "../ui/index.ts";
import { words } from "./words.ts";

export function Check({ visitId, lang }: { visitId: string; lang: Lang }) {
  const said = words(lang);
  const to = (kind: DisputeKind) => reportHref({ kind: "visit", id: visitId }, kind);
  return (
    <Panel title={said.checkTitle}>
      <ul>
        {said.checks.map((check) => (
          <li key={check}>{check}</li>
        ))}
      </ul>
      <p>{said.checkWhy}</p>
      <p>{said.wrongHelp}</p>
      <Acts>
        <ButtonLink kind="quiet" href={to("not_mine")}>
          {said.notMine}
        </ButtonLink>
        <ButtonLink kind="quiet" href={to("wrong")}>
          {said.wrong}
        </ButtonLink>
      </Acts>
    </Panel>
  );
}
