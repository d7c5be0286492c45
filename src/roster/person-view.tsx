import { formatInstant } from "../kernel/calendar.ts";
import { groupNumber } from "../kernel/numbers.ts";
import {
  Button,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Panel,
  Select,
  SummaryList,
  Tag,
  TextArea,
} from "../ui/index.ts";
import { Frame, hrefOf, ROSTER, type Seat } from "./frame.tsx";
import { birthText, matchText, smartphoneText } from "./lines.ts";
import { MOMENTS, REASON_AT_MOST, type RosterUnit } from "./rules.ts";
import type { ListedPerson } from "./store-list.ts";
import { words } from "./words.ts";

interface PersonProps {
  at: Seat & { unit: RosterUnit };
  person: ListedPerson;
  helpers: readonly { staffId: string; name: string }[];
  typed: Record<string, string>;
  faults: readonly FieldFault[];
}

export function PersonPage(props: PersonProps) {
  const { at, person, faults } = props;
  const { ask } = at;
  const said = words(ask.lang);
  return (
    <Frame at={at} title={person.fullName} back={hrefOf(ROSTER, { unit: at.unit.code })}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{person.fullName}</h1>
      <div class="roster-two">
        <Wrote {...props} />
        <Way {...props} />
      </div>
      <div class="roster-two">
        <Help {...props} />
        <Panel title={said.person.declare}>
          <p>{said.person.declareHint}</p>
          <Form ask={ask} action={`${ROSTER}/people/${person.lineId}/declaration`}>
            <Button kind="quiet">{said.person.declareStart}</Button>
          </Form>
        </Panel>
      </div>
      <Details summary={said.person.leave}>
        <p>{said.person.leaveHint}</p>
        <Form ask={ask} action={`${ROSTER}/people/${person.lineId}/leaving`}>
          <Button kind="danger">{said.person.leaveAct(person.fullName)}</Button>
        </Form>
      </Details>
    </Frame>
  );
}

function Wrote({ at, person }: PersonProps) {
  const { lang } = at.ask;
  const said = words(lang);
  const rows = [
    { key: said.columns.birth, value: birthText(person, lang) },
    { key: said.columns.number, value: person.number ? groupNumber(person.number) : "" },
    { key: said.columns.phone, value: person.phone ?? "" },
    { key: said.columns.group, value: person.group ? said.groups[person.group] : "" },
    { key: said.columns.smartphone, value: smartphoneText(person, lang) },
    { key: said.columns.note, value: person.note ?? "" },
  ].filter(({ value }) => value !== "");
  return (
    <section>
      <h2>{said.person.wrote}</h2>
      <SummaryList
        rows={[
          ...rows,
          {
            key: said.columns.register,
            value: (
              <>
                <Tag tone={person.match === "found" ? "good" : "warning"}>{matchText(person, lang)}</Tag>
                <span class="roster-more">{said.matchHint[person.match]}</span>
              </>
            ),
          },
        ]}
      />
    </section>
  );
}

function Way({ at, person }: PersonProps) {
  const said = words(at.ask.lang);
  return (
    <section>
      <h2>{said.person.way}</h2>
      <SummaryList
        rows={MOMENTS.map((moment) => {
          const came = person.moments[moment];
          const hint = moment === "installed" ? <span class="roster-more">{said.person.installed}</span> : null;
          return {
            key: said.moments[moment],
            value: came ? (
              formatInstant(came, at.ask.lang)
            ) : (
              <>
                {said.person.notYet}
                {hint}
              </>
            ),
          };
        })}
      />
    </section>
  );
}

function Help({ at, person, helpers, typed, faults }: PersonProps) {
  const said = words(at.ask.lang);
  const errorOf = (field: string) => faults.find((one) => one.field === field)?.text;
  return (
    <Panel title={said.person.help} tone="tinted">
      <Form ask={at.ask} action={`${ROSTER}/people/${person.lineId}/help`}>
        <TextArea
          name="reason"
          label={said.person.reason}
          hint={said.person.reasonHint}
          value={typed.reason ?? person.notYetReason ?? ""}
          error={errorOf("reason")}
          rows={3}
          maxLength={REASON_AT_MOST + 100}
        />
        <Select
          name="helper"
          label={said.person.helper}
          placeholder={said.person.nobody}
          value={typed.helper ?? person.helperId ?? ""}
          error={errorOf("helper")}
          options={helpers.map(({ staffId, name }) => ({ value: staffId, label: name }))}
        />
        <Button>{said.person.save}</Button>
      </Form>
    </Panel>
  );
}
