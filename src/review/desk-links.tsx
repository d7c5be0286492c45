import type { BatchPlace } from "../batch/read.ts";
import { words as batchWords } from "../batch/words.ts";
import { Acts, ButtonLink, Notice } from "../ui/index.ts";
import type { Dossier } from "./dossier.ts";
import { type Counter, fileHref } from "./view-parts.tsx";
import { transferWords } from "./words-transfer.ts";

interface Props {
  at: Counter;
  dossier: Dossier;
  batch?: BatchPlace | undefined;
}

/** What leads beyond this one file: the batch it came with, another office, another record of the same person. */
export function DeskLinks({ at, dossier, batch }: Props) {
  const said = transferWords(at.ask.lang);
  const { file } = dossier;
  const isOpen = file.status === "confirmed" || file.status === "received";
  const isMine = !file.heldBy || file.heldBy === at.staff.staffId;
  const isTwice = dossier.obstacles.some(
    ({ obstacle }) => obstacle === "numbers_of_two_persons" || obstacle === "namesake_in_register",
  );
  return (
    <>
      {batch ? <InBatch at={at} batch={batch} isOpen={isOpen} /> : null}
      {isOpen && (isMine || isTwice) ? (
        <Acts>
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
        </Acts>
      ) : null}
    </>
  );
}

function InBatch({ at, batch, isOpen }: { at: Counter; batch: BatchPlace; isOpen: boolean }) {
  const said = batchWords(at.ask.lang).batch;
  const { id, unitName, done, of } = batch;
  return (
    <Notice kind="info" title={said.place(unitName)}>
      <p>
        <a href={`/console/batches/${id}`}>{said.progress(done, of)}</a>
      </p>
      {!isOpen && done < of ? (
        <ButtonLink href={`/console/batches/${id}/next`}>{said.nextIn(done, of)}</ButtonLink>
      ) : null}
    </Notice>
  );
}
