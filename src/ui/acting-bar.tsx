import type { Ward } from "../kernel/actor.ts";
import { Button, Form } from "./form.tsx";
import type { PageAsk } from "./page-ask.ts";
import { words } from "./words.ts";

const COLOURS = 3;

/** Whose record is open, on every page of the account until the guardian turns back. Each ward has a colour. */
export function ActingBar({ ask, ward }: { ask: PageAsk; ward: Ward }) {
  const said = words(ask.lang).acting;
  const relations: Record<string, string> = said.wards;
  const isOwnPage = ask.here.startsWith("/account/");
  return (
    <section class={`acting colour-${colourOf(ward.publicId)}`} aria-label={said.label}>
      <div class="acting-row">
        <p>
          {said.now} <strong>{ward.name}</strong> ({relations[ward.relation] ?? said.wards.guardian}).
          {isOwnPage ? <span class="acting-own"> {said.ownPage}</span> : null}
        </p>
        <Form ask={ask} action="/app/family/return">
          <Button kind="quiet">{said.back}</Button>
        </Form>
      </div>
    </section>
  );
}

/** The same ward has the same colour on every day and device. */
function colourOf(publicId: string): number {
  return Number.parseInt(publicId.slice(0, 4), 16) % COLOURS;
}
