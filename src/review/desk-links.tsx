import type { BatchPlace } from "../batch/read.ts";
import { words as batchWords } from "../batch/words.ts";
import { ButtonLink, Notice } from "../ui/index.ts";
import type { Dossier } from "./dossier.ts";
import { type Counter, fileHref } from "./view-parts.tsx";
import { transferWords } from "./words-transfer.ts";

/** What leads beyond this one file: another office, another record of the same person. */
export function DeskLinks({ at, dossier }: { at: Counter; dossier: Dossier }) {
  const said = transferWords(at.ask.lang);
  const { file } = dossier;
  if (!isOpen(dossier)) return null;
  const isMine = !file.heldBy || file.heldBy === at.staff.staffId;
  const isTwice = dossier.obstacles.some(
    ({ obstacle }) => obstacle === "numbers_of_two_persons" || obstacle === "namesake_in_register",
  );
  return (
    <>
      {isTwice ? (
        <ButtonLink href={fileHref(file.code, "duplicates")} kind="quiet">
          {said.duplicates}
        </ButtonLink>
      ) : null}
      {isMine ? (
        <ButtonLink href={fileHref(file.code, "hand-over")} kind="quiet">
          {said.handOver}
        </ButtonLink>
      ) : null}
    </>
  );
}

/** The batch that the file came with, and the way to its next. */
export function InBatch({ at, dossier, batch }: { at: Counter; dossier: Dossier; batch: BatchPlace }) {
  const said = batchWords(at.ask.lang).batch;
  const { id, unitName, done, of } = batch;
  return (
    <Notice kind="info" title={said.place(unitName)}>
      <p>
        <a href={`/console/batches/${id}`}>{said.progress(done, of)}</a>
      </p>
      {!isOpen(dossier) && done < of ? (
        <ButtonLink href={`/console/batches/${id}/next`}>{said.nextIn(done, of)}</ButtonLink>
      ) : null}
    </Notice>
  );
}

const isOpen = ({ file }: Dossier): boolean => file.status === "confirmed" || file.status === "received";
