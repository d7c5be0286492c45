import { formatInstant } from "../kernel/calendar.ts";
import { type Words, wordParts } from "../notices/rules-words.ts";
import { words as noticeWords } from "../notices/words.ts";
import {
  Acts,
  Button,
  ButtonLink,
  DateField,
  ErrorSummary,
  type FieldFault,
  Form,
  Panel,
  SummaryList,
  type SummaryRow,
  Tag,
  TextArea,
} from "../ui/index.ts";
import { type Desk, Frame, textHref } from "./frame.tsx";
import { Preview } from "./preview-view.tsx";
import { getWords, type TextOf } from "./read.ts";
import { type Act, BUILT_IN, presentVersion, type Standing, standingOf, stepOf } from "./rules.ts";
import { diffWords } from "./rules-diff.ts";
import type { Version } from "./store.ts";
import { REASON_SIGNS } from "./take-step.ts";
import { standingTones } from "./text-view.tsx";
import { words } from "./words.ts";

interface VersionPageProps {
  at: Desk;
  text: TextOf;
  version: number;
  /** Undefined: the built-in one. */
  written: Version | undefined;
  acts: readonly Act[];
  isOwn: boolean;
  mayWrite: boolean;
  sender: string;
  typed: Record<string, string>;
  faults: readonly FieldFault[];
}

/** One version: who wrote it and from what, what is different, how it arrives, and what may be done with it now. */
export function VersionPage(props: VersionPageProps) {
  const { at, text, version, written, mayWrite, sender, faults } = props;
  const { lang } = at.ask;
  const said = words(lang);
  const { template } = text;
  const title = `${noticeWords(lang).template[template]}: ${said.versionTitle(version, said.inLang[text.lang])}`;
  return (
    <Frame at={at} title={title} back={textHref(template)}>
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{title}</h1>
      <SummaryList rows={factsOf(props)} />
      {written ? (
        <Panel title={said.changes(written.basedOn)}>
          <Changes at={at} text={text} before={getWords(text, written.basedOn)} after={getWords(text, version)} />
        </Panel>
      ) : null}
      {mayWrite ? <ActsBox {...props} /> : null}
      <h2>{said.edit.previewed}</h2>
      <div class="text-sizes">
        <Preview readIn={lang} words={getWords(text, version)} {...{ sender, template, lang: text.lang }} />
      </div>
    </Frame>
  );
}

function factsOf({ at, text, written }: VersionPageProps): SummaryRow[] {
  const { lang, now } = at.ask;
  const said = words(lang);
  const standing: Standing = written
    ? standingOf(written, text.versions, now)
    : text.present === BUILT_IN
      ? "present"
      : "past";
  const state = { key: said.facts.state, value: <Tag tone={standingTones[standing]}>{said.standing[standing]}</Tag> };
  if (!written) return [{ key: said.facts.version, value: said.builtIn }, state];
  const by = (staffId: string, when: Date) => said.byAt(at.names.get(staffId) ?? "–", formatInstant(when, lang));
  const from = stepOf(written, "approved")?.effectiveFrom;
  const steps = written.steps.map((step) => ({
    key: said.facts[step.kind],
    value: (
      <>
        {by(step.staffId, step.at)}
        {step.reason ? <p class="text-reason">{step.reason}</p> : null}
      </>
    ),
  }));
  const basedOn = written.basedOn;
  return [
    state,
    { key: said.facts.author, value: by(written.authorId, written.writtenAt) },
    {
      key: said.facts.basedOn,
      value: (
        <a href={textHref(text.template, text.lang, basedOn)}>
          {basedOn === BUILT_IN ? said.builtIn : said.version(basedOn)}
        </a>
      ),
    },
    ...(written.note ? [{ key: said.facts.note, value: written.note }] : []),
    ...steps,
    ...(from ? [{ key: said.facts.from, value: formatInstant(from, lang) }] : []),
  ];
}

/** Word by word; what went and what came is also said to those who do not see it. */
function Changes({ at, text, before, after }: { at: Desk; text: TextOf; before: Words; after: Words }) {
  const said = words(at.ask.lang);
  return (
    <>
      {wordParts
        .filter((part) => before[part] !== after[part])
        .map((part) => (
          <section key={part} class="text-part">
            <h3>{said.part[part]}</h3>
            <p class="text-diff" lang={text.lang}>
              {diffWords(before[part], after[part]).map((piece, nth) => {
                if (piece.kind === "same") return <span key={nth}>{piece.text}</span>;
                const label = (
                  <span class="unseen" lang={at.ask.lang}>
                    {piece.kind === "gone" ? said.gone : said.added}{" "}
                  </span>
                );
                return piece.kind === "gone" ? (
                  <del key={nth}>
                    {label}
                    {piece.text}
                  </del>
                ) : (
                  <ins key={nth}>
                    {label}
                    {piece.text}
                  </ins>
                );
              })}
            </p>
          </section>
        ))}
    </>
  );
}

function ActsBox(props: VersionPageProps) {
  const { at, text, version, written, acts, isOwn } = props;
  const said = words(at.ask.lang).acts;
  const waits = written && standingOf(written, text.versions, at.ask.now) === "proposed";
  return (
    <div class="text-acts">
      {acts.includes("propose") ? (
        <Panel tone="tinted">
          <Form ask={at.ask} action={textHref(text.template, text.lang, version, "proposal")}>
            <p>{said.proposeHint}</p>
            <Button>{said.propose}</Button>
          </Form>
        </Panel>
      ) : null}
      {waits && isOwn ? <p class="text-own">{said.own}</p> : null}
      {acts.includes("approve") ? <ApproveBox {...props} /> : null}
      {acts.includes("refuse") ? <ReasonBox {...props} act="refuse" /> : null}
      {acts.includes("retire") ? <ReasonBox {...props} act="retire" /> : null}
      <Acts>
        <ButtonLink href={`${textHref(text.template, text.lang, "edit")}?from=${version}`} kind="quiet">
          {said.again}
        </ButtonLink>
      </Acts>
    </div>
  );
}

const errorOf = (faults: readonly FieldFault[], field: string) => faults.find((one) => one.field === field)?.text;

function ApproveBox({ at, text, version, typed, faults }: VersionPageProps) {
  const said = words(at.ask.lang).acts;
  return (
    <Panel tone="tinted" title={said.approve}>
      <Form ask={at.ask} action={textHref(text.template, text.lang, version, "approval")}>
        <p>{said.approveHint}</p>
        <DateField
          name="from"
          label={said.from}
          hint={said.fromHint}
          value={{ day: typed.from_day, month: typed.from_month, year: typed.from_year }}
          error={errorOf(faults, "from")}
        />
        <Button>{said.approve}</Button>
      </Form>
    </Panel>
  );
}

function ReasonBox({ at, text, version, typed, faults, act }: VersionPageProps & { act: "refuse" | "retire" }) {
  const said = words(at.ask.lang).acts;
  const before = presentVersion(
    text.versions.filter((one) => one.version !== version),
    at.ask.now,
  );
  return (
    <Panel title={said[act]}>
      <Form
        ask={at.ask}
        action={textHref(text.template, text.lang, version, act === "refuse" ? "refusal" : "retirement")}
      >
        <TextArea
          name="reason"
          label={said.reason}
          hint={act === "refuse" ? said.refuseHint : said.retireHint(before)}
          value={typed.reason}
          error={errorOf(faults, "reason")}
          rows={2}
          maxLength={REASON_SIGNS}
        />
        <Button kind="danger">{said[act]}</Button>
      </Form>
    </Panel>
  );
}
