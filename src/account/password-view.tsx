import { formatDay, plainDate } from "../kernel/calendar.ts";
import {
  Button,
  ErrorSummary,
  type FieldFault,
  Form,
  HeldUp,
  Layout,
  Notice,
  PasswordField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import type { Hindrance } from "./hindrance.ts";
import { passwordDueOn } from "./rules.ts";
import { words } from "./words.ts";

interface PasswordPageProps {
  ask: Ask;
  why: "first" | "outlived" | undefined;
  /** ISO day on which the present password was set. */
  setOn: string;
  next: string;
  /** Typed before the sign-in (see keptText). */
  kept?: string | undefined;
  /** Proved by another way: the present password is not asked for. */
  isProved: boolean;
  /** There is no password now. */
  isNone: boolean;
  faults?: readonly FieldFault[];
  hindrance?: Hindrance | undefined;
}

/** One page for the first password, the six-month change and a change of one's own will. */
export function PasswordPage(props: PasswordPageProps) {
  const { ask, why, setOn, next, kept, isProved, isNone, faults = [], hindrance } = props;
  const { change, rules, ruleOfChange } = words(ask.lang);
  const title = isNone ? change.titleNone : why === "first" ? change.titleFirst : change.title;
  return (
    <Layout ask={ask} face={why ? "portal" : "app"} title={title} {...(why ? {} : { back: "/app/more" })}>
      <ErrorSummary faults={faults} ask={ask} />
      {hindrance ? <HeldUp {...hindrance} /> : null}
      <h1>{title}</h1>
      {isNone ? null : <Why ask={ask} why={why} setOn={setOn} />}
      {isProved ? <p>{change.proved}</p> : null}
      <Form ask={ask} action="/account/password">
        <input type="hidden" name="next" value={next} />
        {kept ? <input type="hidden" name="kept" value={kept} /> : null}
        {isProved ? null : (
          <PasswordField
            name="currentPassword"
            label={why === "first" ? change.currentIssued : change.current}
            error={textOf(faults, "currentPassword")}
            autoComplete="current-password"
          />
        )}
        <PasswordField
          name="newPassword"
          label={change.next}
          rules={[...rules, ruleOfChange]}
          error={textOf(faults, "newPassword")}
          autoComplete="new-password"
        />
        <Button>{change.save}</Button>
      </Form>
      {why ? (
        <Form ask={ask} action="/sign-out">
          <Button kind="quiet">{change.later}</Button>
        </Form>
      ) : null}
    </Layout>
  );
}

function Why({ ask, why, setOn }: Pick<PasswordPageProps, "ask" | "why" | "setOn">) {
  const said = words(ask.lang).change;
  if (why === "first") return <p>{said.whyFirst}</p>;
  if (why === "outlived") {
    return (
      <Notice kind="info">
        <p>{said.whyOutlived}</p>
      </Notice>
    );
  }
  return <p>{said.due(formatDay(passwordDueOn(plainDate(setOn)), ask.lang))}</p>;
}
