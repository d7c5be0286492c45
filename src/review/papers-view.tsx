import { formatBirth } from "../kernel/calendar.ts";
import { groupNumber } from "../kernel/numbers.ts";
import { Panel } from "../ui/index.ts";
import type { Dossier } from "./dossier.ts";
import { type Counter, fileHref } from "./view-parts.tsx";
import { decideWords } from "./words-decide.ts";
import { labels } from "./words-labels.ts";

/** Where two papers were read: each with its number, and which one the comparison below is made with. */
export function PapersRead({ at, dossier: { file, papers, reading, obstacles } }: { at: Counter; dossier: Dossier }) {
  if (papers.length < 2) return null;
  const said = decideWords(at.ask.lang).papers;
  const kinds = labels(at.ask.lang).papersKinds;
  const isChosen = obstacles.every(({ obstacle }) => obstacle !== "paper_to_choose");
  return (
    <Panel title={said.title}>
      <ul class="papers-read">
        {papers.map((paper) => (
          <li key={paper.no}>
            <b>
              {kinds[paper.kind]} {groupNumber(paper.number)}
            </b>{" "}
            · {paper.name} · {formatBirth(paper.birthOn, paper.birthPrecision)}
            {isChosen && paper.no === reading?.no ? (
              <p class="muted">{said.used}</p>
            ) : (
              <p>
                <a href={`${fileHref(file.code)}?paper=${paper.no}`}>{said.use}</a>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
