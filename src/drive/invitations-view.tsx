import { formatInstant } from "../kernel/calendar.ts";
import { maskRecipient } from "../notices/rules.ts";
import { Button, DataTable, Form, Panel, Tag, TextField, type Tone, textOf } from "../ui/index.ts";
import { unitHref } from "./frame.tsx";
import { type InvitationState, stateOf } from "./rules-invitation.ts";
import type { Invitation } from "./store-invitation.ts";
import type { UnitPageProps } from "./unit-view.tsx";
import { words } from "./words.ts";

const tones: Record<InvitationState, Tone> = { waiting: "now", over: "warning", withdrawn: "plain", accepted: "good" };

/** Who was invited by whom, what came of it, and the form for the next one. */
export function Invitations(props: UnitPageProps) {
  const { ask, invitations, inviterNames, isOver } = props;
  const said = words(ask.lang).invitations;
  return (
    <section>
      <h2>{said.title}</h2>
      {isOver ? null : <InviteForm {...props} />}
      <DataTable
        caption={said.caption}
        rows={invitations}
        rowKey={({ id }) => id}
        empty={<p>{said.none}</p>}
        columns={[
          { head: said.name, isMain: true, cell: ({ name }) => name },
          { head: said.to, cell: recipientOf },
          {
            head: said.by,
            cell: ({ invitedBy, invitedAt }) => (
              <>
                {inviterNames.get(invitedBy) ?? "–"}
                <span class="muted">{formatInstant(invitedAt, ask.lang)}</span>
              </>
            ),
          },
          { head: said.state, cell: (one) => <State {...props} one={one} /> },
        ]}
      />
    </section>
  );
}

function recipientOf({ phone, email }: Invitation): string {
  return phone ? maskRecipient("sms", phone) : maskRecipient("email", email ?? "");
}

function State({ ask, unit, one, isOver }: UnitPageProps & { one: Invitation }) {
  const said = words(ask.lang).invitations;
  const state = stateOf(one, ask.now);
  const isOpen = !isOver && (state === "waiting" || state === "over");
  return (
    <>
      <Tag tone={tones[state]}>{said.states[state]}</Tag>
      {isOpen ? (
        <>
          <span class="muted">
            {said.until(formatInstant(one.endsAt, ask.lang))}, {said.times(one.sentNo)}
          </span>
          <Form ask={ask} action={unitHref(unit.code, "invitation-again")} class="inline">
            <input type="hidden" name="invitation" value={one.id} />
            <Button kind="quiet">
              {said.again}
              <span class="unseen">: {one.name}</span>
            </Button>
            <Button kind="quiet" formAction={unitHref(unit.code, "invitation-withdrawal")}>
              {said.withdraw}
              <span class="unseen">: {one.name}</span>
            </Button>
          </Form>
        </>
      ) : null}
    </>
  );
}

function InviteForm({ ask, unit, act, typed, faults, invitationDays }: UnitPageProps) {
  const said = words(ask.lang).invitations;
  const own = act === "invitation" ? { typed, faults } : { typed: {} as Record<string, string>, faults: [] };
  return (
    <Panel tone="tinted">
      <p>{said.lead(invitationDays)}</p>
      <Form ask={ask} action={unitHref(unit.code, "invitation")}>
        <TextField
          name="person"
          label={said.name}
          value={own.typed.person}
          error={textOf(own.faults, "person")}
          autoComplete="off"
          maxLength={100}
        />
        <div class="abreast two">
          <TextField
            name="phone"
            type="tel"
            label={said.phone}
            hint={said.phoneHint}
            value={own.typed.phone}
            error={textOf(own.faults, "phone")}
            autoComplete="off"
            maxLength={20}
          />
          <TextField
            name="email"
            type="email"
            label={said.email}
            hint={said.emailHint}
            value={own.typed.email}
            error={textOf(own.faults, "email")}
            autoComplete="off"
            maxLength={254}
          />
        </div>
        <Button>{said.submit}</Button>
      </Form>
    </Panel>
  );
}
