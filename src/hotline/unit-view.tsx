import type { UnitName } from "../drive/store-person-unit.ts";
import {
  Button,
  ButtonLink,
  DataTable,
  ErrorSummary,
  type FieldFault,
  Form,
  Panel,
  Select,
  TextArea,
  textOf,
} from "../ui/index.ts";
import { Clock, Frame, HOME, type Seat } from "./frame.tsx";
import { type Category, SAYS_AT_MOST } from "./rules-ticket.ts";
import type { Ticket } from "./store-ticket.ts";
import { words } from "./words.ts";
import { answerWords } from "./words-answers.ts";

export interface UnitProps {
  at: Seat;
  units: readonly UnitName[];
  tickets: readonly Ticket[];
  categories: readonly Category[];
  names: ReadonlyMap<string, string>;
  typed: Readonly<Record<string, string>>;
  faults: readonly FieldFault[];
}

/** What a unit reported itself, and a form to report more. Nothing of its people is here. */
export function UnitPage({ at, units, tickets, categories, names, typed, faults }: UnitProps) {
  const { ask } = at;
  const said = words(ask.lang).unit;
  return (
    <Frame at={at} title={said.title}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.title}</h1>
      <p class="hint">{said.lead}</p>
      {units.length === 0 ? (
        <p>{said.noUnit}</p>
      ) : (
        <Panel tone="tinted">
          <Form ask={ask} action={`${HOME}/unit`}>
            {units.length > 1 ? (
              <Select
                name="unit"
                label={said.unit}
                options={units.map(({ code, name }) => ({ value: code, label: name }))}
                value={typed.unit ?? units[0]?.code}
              />
            ) : (
              <p>
                {said.unit}: <strong>{units[0]?.name}</strong>
              </p>
            )}
            <Select
              name="category"
              label={said.category}
              options={categories.map(({ code, name }) => ({ value: code, label: name[ask.lang] }))}
              value={typed.category}
              error={textOf(faults, "category")}
            />
            <TextArea
              name="says"
              label={said.says}
              hint={said.saysHint}
              value={typed.says}
              error={textOf(faults, "says")}
              maxLength={SAYS_AT_MOST}
            />
            <Button>{said.send}</Button>
          </Form>
        </Panel>
      )}
      <h2>{said.list}</h2>
      <DataTable
        caption={said.list}
        hideCaption
        rows={tickets}
        rowKey={({ code }) => code}
        empty={<p>{said.empty}</p>}
        columns={[
          { head: said.columns.code, isMain: true, cell: ({ code }) => <span class="hotline-code">{code}</span> },
          {
            head: said.columns.what,
            cell: ({ category, says }) => (
              <>
                {names.get(category) ?? category}
                <span class="hotline-says hint">
                  {"\n"}
                  {says}
                </span>
              </>
            ),
          },
          { head: said.columns.state, cell: (ticket) => <Clock ask={ask} ticket={ticket} /> },
          { head: said.columns.answer, cell: ({ answer }) => answer ?? "–" },
        ]}
      />
      <ButtonLink href={`${HOME}/themes`} kind="quiet">
        {answerWords(ask.lang).themes.title}
      </ButtonLink>
    </Frame>
  );
}
