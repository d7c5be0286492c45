import type { ComponentChildren } from "preact";
import { Acts, Button, Checkboxes, Details, Form, Panel, Radios, TextArea, TextField, textOf } from "../ui/index.ts";
import { AnswerSelect, ticketHref } from "./frame.tsx";
import { PRIORITIES } from "./rules-clock.ts";
import { ANSWER_AT_MOST, allowedActs, SAYS_AT_MOST, type TicketAct } from "./rules-ticket.ts";
import type { TicketProps } from "./ticket-view.tsx";
import { words } from "./words.ts";

/**
 * What may be done with the ticket in its state: the answer first, the rarer acts folded. Answer and note are one form, so
 * that no button loses what stands in the other.
 */
export function TicketActs(props: TicketProps) {
  const { at, ticket, isMine, typed, faults } = props;
  const { ask } = at;
  const said = words(ask.lang).acts;
  const may = allowedActs(ticket.state);
  const post = (act: TicketAct) => `${ticketHref(ticket.code)}/${act}`;
  const errorOf = (field: string) => textOf(faults, field);
  return (
    <div>
      <Form ask={ask} action={post(may.includes("answer") ? "answer" : "note")}>
        {may.includes("take") && !isMine ? (
          <Acts>
            <Button formAction={post("take")}>{said.take}</Button>
          </Acts>
        ) : null}
        {may.includes("answer") ? <AnswerBoxes {...props} /> : null}
        <Panel title={said.note}>
          <TextArea
            name="note"
            label={said.noteLabel}
            hint={said.noteHint}
            value={typed.note}
            error={errorOf("note")}
            maxLength={SAYS_AT_MOST}
            rows={2}
          />
          <Acts>
            <Button kind="quiet" formAction={post("note")}>
              {said.saveNote}
            </Button>
            {may.includes("answer") ? (
              <Button kind="quiet" name="act" value="suggest">
                {said.suggest}
              </Button>
            ) : null}
          </Acts>
        </Panel>
      </Form>
      {may.includes("hand-over") ? (
        <Fold title={said.handOverTitle} isOpen={Boolean(errorOf("to") ?? errorOf("reason"))}>
          <Form ask={ask} action={post("hand-over")}>
            <TextField
              name="to"
              label={said.to}
              hint={said.toHint}
              value={typed.to}
              error={errorOf("to")}
              autoComplete="off"
            />
            <TextArea name="reason" label={said.reason} value={typed.reason} error={errorOf("reason")} rows={2} />
            <Button kind="quiet">{said.handOver}</Button>
          </Form>
        </Fold>
      ) : null}
      {may.includes("priority") ? (
        <Fold title={said.priorityTitle}>
          <Form ask={ask} action={post("priority")}>
            <Radios
              name="priority"
              label={said.priority}
              options={PRIORITIES.map((one) => ({ value: one, label: words(ask.lang).priorities[one] }))}
              value={ticket.priority}
              inline
            />
            <Button kind="quiet">{said.changePriority}</Button>
          </Form>
        </Fold>
      ) : null}
      {may.includes("closing") ? (
        <Fold title={said.closingTitle} isOpen={Boolean(errorOf("closing"))}>
          <Form ask={ask} action={post("closing")}>
            <TextArea name="closing" label={said.closing} value={typed.closing} error={errorOf("closing")} rows={2} />
            <Button kind="quiet">{said.close}</Button>
          </Form>
        </Fold>
      ) : null}
      {may.includes("reopening") ? (
        <Fold title={said.reopeningTitle} isOpen={Boolean(errorOf("reopening"))}>
          <Form ask={ask} action={post("reopening")}>
            <TextArea
              name="reopening"
              label={said.reopening}
              value={typed.reopening}
              error={errorOf("reopening")}
              rows={2}
            />
            <Button kind="quiet">{said.reopen}</Button>
          </Form>
        </Fold>
      ) : null}
    </div>
  );
}

function Fold({ title, isOpen, children }: { title: string; isOpen?: boolean; children: ComponentChildren }) {
  return (
    <Details summary={title} open={isOpen}>
      {children}
    </Details>
  );
}

function AnswerBoxes({ at: { ask }, typed, faults, answers, categories }: TicketProps) {
  const said = words(ask.lang).acts;
  return (
    <Panel title={said.answerTitle}>
      <AnswerSelect lang={ask.lang} answers={answers} names={categories} label={said.insertLabel} value={typed.from} />
      <Acts>
        <Button kind="quiet" name="act" value="insert">
          {said.insert}
        </Button>
      </Acts>
      <TextArea
        name="answer"
        label={said.answerLabel}
        hint={said.answerHint}
        value={typed.answer}
        error={textOf(faults, "answer")}
        maxLength={ANSWER_AT_MOST}
      />
      <Checkboxes
        name="spoken"
        label=""
        options={[{ value: "yes", label: said.spoken }]}
        values={typed.spoken ? ["yes"] : []}
      />
      <Button>{said.sendAnswer}</Button>
    </Panel>
  );
}
