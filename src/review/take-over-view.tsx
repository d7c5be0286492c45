import { formatMoment } from "../kernel/calendar.ts";
import { Button, Details, ErrorSummary, type FieldFault, Form, Notice, TextField } from "../ui/index.ts";
import type { Dossier } from "./dossier.ts";
import { type Counter, errorOf, fileHref } from "./view-parts.tsx";
import { words } from "./words.ts";

interface TakeOverProps {
  at: Counter;
  dossier: Dossier;
  names: ReadonlyMap<string, string>;
  faults?: readonly FieldFault[] | undefined;
}

/** A colleague holds the file: who, since when, and the way to take it over with a reason. */
export function TakeOver({ at, dossier, names, faults = [] }: TakeOverProps) {
  const said = words(at.ask.lang).file;
  const { file } = dossier;
  const name = names.get(file.heldBy ?? "") ?? "–";
  return (
    <>
      <ErrorSummary ask={at.ask} faults={faults} />
      <Notice
        kind="warning"
        title={said.heldBy(name, file.heldSince ? formatMoment(file.heldSince, at.ask.now, at.ask.lang) : "")}
      >
        <TakeOverForm at={at} dossier={dossier} faults={faults} />
      </Notice>
    </>
  );
}

export function TakeOverForm({ at, dossier: { file }, faults = [] }: Omit<TakeOverProps, "names">) {
  const said = words(at.ask.lang).file;
  return (
    <Details summary={said.takeOver} open={errorOf(faults, "reason") !== undefined}>
      <Form ask={at.ask} action={fileHref(file.code, "holding")}>
        <input type="hidden" name="take_over" value="yes" />
        <TextField
          name="reason"
          label={said.takeOverWhy}
          hint={said.takeOverHint}
          maxLength={300}
          error={errorOf(faults, "reason")}
        />
        <Button kind="quiet">{said.takeOver}</Button>
      </Form>
    </Details>
  );
}
