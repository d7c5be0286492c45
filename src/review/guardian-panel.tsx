import type { ShownGuardian } from "../guardian/describe.ts";
import { counterWords } from "../guardian/words-counter.ts";
import { formatDay, plainDate } from "../kernel/calendar.ts";
import { Acts, ButtonLink, Notice, Panel, SummaryList } from "../ui/index.ts";
import type { Dossier } from "./dossier.ts";
import { type Counter, fileHref } from "./view-parts.tsx";

interface GuardianPanelProps {
  at: Counter;
  dossier: Dossier;
  guardian: ShownGuardian | undefined;
  isMine: boolean;
}

/** Who declares for the child of this file, on which paper; and the way to write it down. */
export function GuardianPanel({ at, dossier: { file }, guardian, isMine }: GuardianPanelProps) {
  const { lang } = at.ask;
  const said = counterWords(lang);
  const relations: Record<string, string> = said.relations;
  const mayName = file.status === "received" && isMine;
  return (
    <Panel title={said.panel.title}>
      {guardian ? (
        <>
          <SummaryList
            rows={[
              { key: said.link.guardian, value: guardian.person.fullName },
              { key: said.link.relation, value: relations[guardian.relation] },
              {
                key: said.link.paper,
                value: said.panel.paper(
                  said.papers[guardian.paper.kind],
                  guardian.paper.number,
                  formatDay(plainDate(guardian.paper.issuedOn), lang),
                ),
              },
              { key: said.link.issuer, value: guardian.paper.issuedBy },
            ]}
          />
          {mayName ? <p>{said.panel.next}</p> : null}
        </>
      ) : (
        <Notice kind="warning">
          <p>{said.panel.none}</p>
        </Notice>
      )}
      {mayName ? (
        <Acts>
          <ButtonLink href={fileHref(file.code, "guardian")} kind={guardian ? "quiet" : "main"}>
            {guardian ? said.panel.change : said.panel.name}
          </ButtonLink>
        </Acts>
      ) : null}
    </Panel>
  );
}
