import type { ComponentChildren } from "preact";
import { formatLongDay } from "../kernel/calendar.ts";
import { Acts, ButtonLink, Hotline, Layout, Panel, TickList } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./registration.css?inline";
import { lastDayOf } from "./rules.ts";
import type { Standing } from "./standing.ts";
import { standingWords } from "./words-standing.ts";

/** The same page for a stranger whatever stands in the way: every case with its way on. */
export function UnclearPage({ ask, isPhoneProved }: { ask: Ask; isPhoneProved: boolean }) {
  const said = standingWords(ask.lang);
  return (
    <Frame ask={ask} title={said.unclear.title}>
      <p>{said.unclear.lead}</p>
      <p>{said.unclear.why}</p>
      {isPhoneProved ? null : (
        <p>
          {said.unclear.prove} <a href="/register/phone">{said.unclear.proveAct}</a>
        </p>
      )}
      <Panel title={said.open.ask}>
        <p>{said.open.resume}</p>
        <Acts>
          <ButtonLink href="/register/resume">{said.open.resumeAct}</ButtonLink>
        </Acts>
        <p>{said.open.lost}</p>
      </Panel>
      <Panel title={said.account.ask}>
        <p>{said.account.signIn}</p>
        <AccountActs ask={ask} />
      </Panel>
      <Panel title={said.another.ask}>
        <p>{said.another.short}</p>
        <p>
          <a href="/register/number-of-another">{said.another.act}</a>
        </p>
      </Panel>
    </Frame>
  );
}

/** For whoever proved the phone of that very file. Its code is not shown: it is in the message that was sent. */
export function OpenPage(props: {
  ask: Ask;
  standing: Extract<Standing, { kind: "open" }>;
  officeName: string | undefined;
}) {
  const { ask, standing, officeName } = props;
  const said = standingWords(ask.lang).open;
  return (
    <Frame ask={ask} title={said.title}>
      <p>{said.lead}</p>
      {standing.lapsesAt && !standing.isReceived ? (
        <p>
          <strong>{said.until(formatLongDay(lastDayOf(standing.lapsesAt), ask.lang))}</strong>
        </p>
      ) : null}
      {standing.isReceived ? <p>{said.received}</p> : null}
      {officeName ? <p>{said.at(officeName)}</p> : null}
      <Panel title={said.what}>
        <p>{said.resume}</p>
        <Acts>
          <ButtonLink href="/register/resume">{said.resumeAct}</ButtonLink>
        </Acts>
        {standing.isReceived ? null : <p>{said.withdraw}</p>}
        <p>{said.lost}</p>
      </Panel>
    </Frame>
  );
}

export function AccountPage({ ask }: { ask: Ask }) {
  const said = standingWords(ask.lang).account;
  return (
    <Frame ask={ask} title={said.title}>
      <p>{said.lead}</p>
      <AccountActs ask={ask} />
      <p>{said.counter}</p>
    </Frame>
  );
}

/** Open to everybody and the same for everybody: what to do when a number is somebody else's in our records. */
export function NumberOfAnotherPage({ ask }: { ask: Ask }) {
  const said = standingWords(ask.lang).another;
  return (
    <Layout ask={ask} face="portal" title={said.title} styles={[style]} back="/register">
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <p>{said.first}</p>
      <Panel title={said.bringTitle}>
        <TickList items={said.bring} />
      </Panel>
      <p>{said.phone}</p>
      <p>{said.where}</p>
      <p>
        {said.call} <Hotline />
      </p>
    </Layout>
  );
}

function AccountActs({ ask }: { ask: Ask }) {
  const said = standingWords(ask.lang).account;
  return (
    <Acts>
      <ButtonLink href="/sign-in">{said.signInAct}</ButtonLink>
      <ButtonLink href="/account/recovery" kind="quiet">
        {said.recoverAct}
      </ButtonLink>
    </Acts>
  );
}

function Frame({ ask, title, children }: { ask: Ask; title: string; children: ComponentChildren }) {
  const said = standingWords(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={title} styles={[style]} back="/register/check">
      <h1>{title}</h1>
      {children}
      <p class="hint">{said.kept}</p>
      <p>
        {said.call} <Hotline />
      </p>
    </Layout>
  );
}
