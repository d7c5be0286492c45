import { formatInstant } from "../kernel/calendar.ts";
import { Acts, Button, ButtonLink, Form, Layout, Notice, Panel } from "../ui/index.ts";
import { islandHref } from "../web/islands.ts";
import type { Ask } from "../web/route.ts";
import { PIN_SIGNS } from "./rules.ts";
import { words } from "./words.ts";

interface KeepPageProps {
  ask: Ask;
  /** Since when this very device keeps the card; undefined: it does not. */
  keptAt: Date | undefined;
}

/** What is kept and how it is locked, then the PIN; or that it is kept, and the way to end that. */
export function KeepPage({ ask, keptAt }: KeepPageProps) {
  const said = words(ask.lang);
  return (
    <Layout ask={ask} face="app" title={said.title} nowAt="card" back="/app">
      <h1>{said.title}</h1>
      {keptAt ? <IsKept ask={ask} keptAt={keptAt} /> : <p class="lead">{said.lead}</p>}
      <Panel title={said.what} tone="tinted">
        <ul>
          <li>{said.kept}</li>
          <li>{said.notKept}</li>
          <li>{said.locked}</li>
          <li>{said.renewed}</li>
        </ul>
      </Panel>
      {keptAt ? null : <Choice ask={ask} />}
      <p class="hint">
        {said.lost} <a href="/account/devices">{said.lostLink}</a> {said.lostAfter}
      </p>
      <script type="module" src={islandHref(keptAt ? "kept" : "keep")} />
    </Layout>
  );
}

function IsKept({ ask, keptAt }: { ask: Ask; keptAt: Date }) {
  const said = words(ask.lang);
  return (
    <>
      <Notice kind="good">
        <p>
          {said.isKept} {said.since(formatInstant(keptAt, ask.lang))}
        </p>
      </Notice>
      <Acts>
        <ButtonLink href="/app/offline">{said.tryIt}</ButtonLink>
        <ButtonLink kind="quiet" href="/install">
          {said.install}
        </ButtonLink>
      </Acts>
      <Form ask={ask} action="/app/keep/removal">
        <input type="hidden" name="lost" value="" />
        <p class="hint">{said.otherHint}</p>
        <Button kind="quiet">{said.stop}</Button>
      </Form>
    </>
  );
}

/** Shown by its script alone, which seals the card; `data-…` are the sentences that it may say. */
function Choice({ ask }: { ask: Ask }) {
  const said = words(ask.lang);
  const sentences = Object.fromEntries(
    Object.entries(said.states).map(([name, text]) => [
      `data-${name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`)}`,
      text,
    ]),
  );
  return (
    <>
      <p id="keep-without">{said.without}</p>
      <form id="keep" class="form" hidden noValidate {...sentences}>
        <h2>{said.choose}</h2>
        <PinBox name="pin" label={said.pin} hint={said.pinHint} />
        <PinBox name="again" label={said.again} />
        <div role="alert" class="error" />
        <div role="status" />
        <Button>{said.act}</Button>
        <div class="keep-passkey" hidden>
          <h2>{said.or}</h2>
          <p class="hint">{said.passkeyHint}</p>
          <button type="button" class="button quiet">
            {said.passkey}
          </button>
        </div>
      </form>
    </>
  );
}

function PinBox({ name, label, hint }: { name: string; label: string; hint?: string }) {
  return (
    <div class="field">
      <label class="label" for={name}>
        {label}
      </label>
      {hint ? (
        <div class="hint" id={`${name}-hint`}>
          {hint}
        </div>
      ) : null}
      <input
        class="box w-number"
        id={name}
        name={name}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={PIN_SIGNS}
        aria-describedby={hint ? `${name}-hint` : undefined}
      />
    </div>
  );
}
