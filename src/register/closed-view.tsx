import { GLASS_REASONS, MATTER_REASONS } from "../looks/rules.ts";
import { words } from "../looks/words.ts";
import {
  Button,
  DateField,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Panel,
  Radios,
  TextArea,
  TextField,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";

interface ClosedProps {
  ask: Ask;
  officeName: string | undefined;
  /** Public id of the person: all that the page knows of them. */
  person: string;
  /** For how many an emergency opens the record. */
  minutes: number;
  faults: readonly FieldFault[];
}

/** In the place of a record without a case: nothing of the person, and the two ways to go on. */
export function ClosedPage({ ask, officeName, person, minutes, faults }: ClosedProps) {
  const said = words(ask.lang).closed;
  const isGlass = faults.some(({ field }) => field.startsWith("glass"));
  return (
    <Layout ask={ask} face="console" nowAt="persons" title={said.title} back="/console/persons" {...{ officeName }}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Panel title={said.matter.title}>
        <MatterForm {...{ ask, person, faults }} />
      </Panel>
      <Details summary={said.glass.title} open={isGlass}>
        <GlassForm {...{ ask, person, minutes, faults }} />
      </Details>
    </Layout>
  );
}

type FormProps = Omit<ClosedProps, "officeName" | "minutes">;
const errorIn = (faults: readonly FieldFault[], field: string) => faults.find((one) => one.field === field)?.text;
const choices = <T extends string>(values: readonly T[], labels: Record<T, string>) =>
  values.map((value) => ({ value, label: labels[value] }));

function MatterForm({ ask, person, faults }: FormProps) {
  const said = words(ask.lang).closed.matter;
  const { form } = ask;
  return (
    <Form ask={ask} action={`/console/persons/${person}/matter`}>
      <p>{said.lead}</p>
      <Radios
        name="matter_reason"
        label={said.reason}
        value={form.matter_reason}
        options={choices(MATTER_REASONS, said.reasons)}
        error={errorIn(faults, "matter_reason")}
      />
      <TextField
        name="matter_number"
        label={said.number}
        hint={said.numberHint}
        value={form.matter_number}
        autoComplete="off"
        maxLength={20}
        width="half"
        error={errorIn(faults, "matter_number")}
      />
      <DateField
        name="matter_birth"
        label={said.birth}
        value={{ day: form.matter_birth_day, month: form.matter_birth_month, year: form.matter_birth_year }}
        error={errorIn(faults, "matter_birth")}
      />
      <Button>{said.submit}</Button>
    </Form>
  );
}

function GlassForm({ ask, person, minutes, faults }: Omit<ClosedProps, "officeName">) {
  const said = words(ask.lang).closed.glass;
  const { form } = ask;
  return (
    <Form ask={ask} action={`/console/persons/${person}/emergency`}>
      <p>{said.lead(minutes)}</p>
      <Radios
        name="glass_reason"
        label={said.reason}
        value={form.glass_reason}
        options={choices(GLASS_REASONS, said.reasons)}
        error={errorIn(faults, "glass_reason")}
      />
      <TextArea
        name="glass_says"
        label={said.says}
        hint={said.saysHint}
        value={form.glass_says}
        maxLength={500}
        error={errorIn(faults, "glass_says")}
      />
      <Button kind="danger">{said.submit}</Button>
    </Form>
  );
}
