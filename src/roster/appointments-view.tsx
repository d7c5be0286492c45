import { dayOf, formatLongDay, formatTime } from "../kernel/calendar.ts";
import { Button, DataTable, ErrorSummary, type FieldFault, Form, Panel, Select, TextField } from "../ui/index.ts";
import { Frame, hrefOf, ROSTER, type Seat } from "./frame.tsx";
import type { RosterUnit } from "./rules.ts";
import type { Appointment } from "./store-appointments.ts";
import { uploadWords } from "./words-upload.ts";

interface AppointmentsProps {
  at: Seat;
  /** Those that the asker coordinates: empty at an office, which only looks. */
  units: readonly RosterUnit[];
  coming: readonly Appointment[];
  typed: Record<string, string>;
  faults: readonly FieldFault[];
}

export function AppointmentsPage(props: AppointmentsProps) {
  const { at, units, coming, faults } = props;
  const { ask } = at;
  const said = uploadWords(ask.lang).appointments;
  const own = new Set(units.map(({ code }) => code));
  return (
    <Frame at={at} title={said.title} back={units.length > 0 ? hrefOf(ROSTER, { unit: at.unit?.code }) : undefined}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.title}</h1>
      <p class="hint">{said.lead}</p>
      {units.length > 0 ? <AskForm {...props} /> : null}
      <DataTable
        caption={said.caption}
        rows={coming}
        rowKey={({ id }) => id}
        empty={<p>{said.empty}</p>}
        columns={[
          {
            head: said.when,
            isMain: true,
            cell: ({ startsAt, endsAt }) =>
              `${formatLongDay(dayOf(startsAt), ask.lang)}, ${formatTime(startsAt)}–${formatTime(endsAt)}`,
          },
          { head: said.unit, cell: ({ unitName }) => unitName },
          { head: said.people, isNumber: true, cell: ({ people }) => people },
          {
            head: said.note,
            cell: ({ id, unitCode, note }) => (
              <>
                {note ?? ""}
                {own.has(unitCode) ? (
                  <Form ask={ask} action={`${ROSTER}/appointments/${id}/withdrawal`} class="roster-drop">
                    <button type="submit" class="plain-button">
                      {said.drop}
                    </button>
                  </Form>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </Frame>
  );
}

function AskForm({ at, units, typed, faults }: AppointmentsProps) {
  const said = uploadWords(at.ask.lang).appointments;
  const field = (name: string, label: string, hint?: string) => ({
    ...{ name, label, hint, value: typed[name], autoComplete: "off" },
    error: faults.find((one) => one.field === name)?.text,
  });
  return (
    <Panel title={said.ask} tone="tinted">
      <Form ask={at.ask} action={`${ROSTER}/appointments`}>
        {units.length > 1 ? (
          <Select
            name="unit"
            label={said.unit}
            value={typed.unit ?? at.unit?.code}
            options={units.map(({ code, name }) => ({ value: code, label: name }))}
          />
        ) : (
          <input type="hidden" name="unit" value={at.unit?.code} />
        )}
        <div class="abreast roster-times">
          <TextField {...field("day", said.day, said.dayHint)} inputMode="numeric" />
          <TextField {...field("from", said.from, said.timeHint)} />
          <TextField {...field("to", said.to, said.timeHint)} />
          <TextField {...field("people", said.people, said.peopleHint)} inputMode="numeric" />
        </div>
        <TextField {...field("note", said.note)} />
        <Button>{said.submit}</Button>
      </Form>
    </Panel>
  );
}
