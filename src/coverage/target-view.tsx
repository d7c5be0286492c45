import { Button, DateField, type FieldFault, Form, Select, TextField, textOf } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { MOMENTS, type Moment } from "./rules-moments.ts";
import { words } from "./words.ts";

interface TargetFormProps {
  ask: Ask;
  action: string;
  moment: Moment;
  faults: readonly FieldFault[];
}

/** A share, of one moment, by a day: what was promised before stays in the book. */
export function TargetForm({ ask, action, moment, faults }: TargetFormProps) {
  const said = words(ask.lang);
  const { form } = ask;
  return (
    <section class="no-print">
      <h2>{said.targets.title}</h2>
      <Form ask={ask} action={action}>
        <input type="hidden" name="act" value="target" />
        <Select
          name="moment"
          label={said.targets.moment}
          value={form.moment ?? moment}
          options={MOMENTS.map((value) => ({ value, label: said.shortMoments[value] }))}
          error={textOf(faults, "moment")}
        />
        <TextField
          name="percent"
          label={said.targets.percent}
          hint={said.targets.percentHint}
          value={form.percent}
          inputMode="numeric"
          width="short"
          maxLength={3}
          autoComplete="off"
          error={textOf(faults, "percent")}
        />
        <DateField
          name="due"
          label={said.targets.due}
          value={{ day: form.due_day, month: form.due_month, year: form.due_year }}
          error={textOf(faults, "due")}
        />
        <Button kind="quiet">{said.targets.set}</Button>
      </Form>
    </section>
  );
}
