import { formatInstant } from "../kernel/calendar.ts";
import {
  Acts,
  Button,
  Checkboxes,
  DataTable,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Radios,
  Select,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { AUDIENCES, type Mailing, PURPOSES, stateOf } from "./rules.ts";
import type { Hours } from "./rules-policies.ts";
import { words } from "./words.ts";

export const HOME = "/console/mailings";

interface ListProps {
  ask: Ask;
  officeName: string | undefined;
  mailings: readonly Mailing[];
  /** Units for which this member of staff may write, by name; with "" for all that the office serves. */
  units: readonly { value: string; label: string }[];
  names: ReadonlyMap<string, string>;
  hours: Hours;
  faults: readonly FieldFault[];
}

/** What was written before, and the form of the next one. */
export function ListPage(props: ListProps) {
  const { ask, officeName, mailings, units, names, faults } = props;
  const { lang } = ask;
  const said = words(lang);
  return (
    <Layout face="console" nowAt="campaign" wide ask={ask} title={said.title} officeName={officeName}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <p>
        <a href="/console/campaign">{said.toCampaign}</a>
      </p>
      <DataTable
        caption={said.caption}
        rows={mailings}
        rowKey={({ id }) => id}
        empty={<p>{said.none}</p>}
        columns={[
          {
            head: said.purpose,
            isMain: true,
            cell: (one) => <a href={`${HOME}/${one.id}`}>{said.purposes[one.purpose]}</a>,
          },
          { head: said.unit, cell: ({ unitCode }) => (unitCode ? (names.get(unitCode) ?? unitCode) : said.unitAll) },
          { head: said.starts, cell: ({ startsAt }) => formatInstant(startsAt, lang) },
          { head: said.state, cell: (one) => said.states[stateOf(one, ask.now)] },
        ]}
      />
      {units.length > 0 ? (
        <Details summary={said.write} open={faults.length > 0 || mailings.length === 0}>
          <WriteForm {...props} />
        </Details>
      ) : null}
    </Layout>
  );
}

function WriteForm({ ask, units, hours, faults }: ListProps) {
  const { form, many } = ask;
  const said = words(ask.lang);
  const box = (name: string, label: string, more: { hint?: string; value?: string; maxLength?: number } = {}) => (
    <TextField
      {...{ name, label }}
      hint={more.hint}
      value={form[name] ?? more.value}
      error={textOf(faults, name)}
      maxLength={more.maxLength ?? 10}
      width={more.maxLength ? "full" : "number"}
      autoComplete="off"
    />
  );
  return (
    <Form ask={ask} action={HOME}>
      {units.length > 1 ? (
        <Select
          name="unit"
          label={said.unit}
          options={units.filter(({ value }) => value !== "")}
          placeholder={units.find(({ value }) => value === "")?.label}
          value={form.unit}
          error={textOf(faults, "unit")}
        />
      ) : (
        <input type="hidden" name="unit" value={units[0]?.value ?? ""} />
      )}
      <Radios
        name="purpose"
        label={said.purpose}
        hint={said.textHint}
        options={PURPOSES.map((one) => ({ value: one, label: said.purposes[one] }))}
        value={form.purpose}
        error={textOf(faults, "purpose")}
      />
      <Checkboxes
        name="audience"
        label={said.audience}
        hint={said.audienceHint}
        options={AUDIENCES.map((one) => ({ value: one, label: said.audiences[one] }))}
        values={many.audience ?? []}
        error={textOf(faults, "audience")}
      />
      {box("on", said.on, { hint: said.onHint })}
      {box("time", said.time, { hint: said.timeHint(hours.from, hours.until), value: "9:00" })}
      <Details
        summary={said.desk}
        open={form.purpose === "desk" || ["desk_on", "desk_time", "place"].some((one) => textOf(faults, one))}
      >
        {box("desk_on", said.deskOn, { hint: said.onHint })}
        {box("desk_time", said.deskTime)}
        {box("place", said.place, { maxLength: 120 })}
      </Details>
      <Acts>
        <Button>{said.submit}</Button>
      </Acts>
    </Form>
  );
}
