import { formatInstant } from "../kernel/calendar.ts";
import { groupNumber } from "../kernel/numbers.ts";
import { ButtonLink, Layout, Notice, QrCode } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./pass.css?inline";
import { words } from "./words.ts";

interface PassPageProps {
  ask: Ask;
  name: string;
  /** Undefined: no card is valid today. */
  shown: { number: string; text: string; until: Date } | undefined;
}

/** The signed code, white in the dark too. A small script takes a new one when it ends; without it a link does. */
export function PassPage({ ask, name, shown }: PassPageProps) {
  const said = words(ask.lang);
  return (
    <Layout ask={ask} face="app" title={said.title} nowAt="card" back="/app" styles={[style]}>
      <h1>{said.title}</h1>
      {shown ? (
        <section
          class="pass"
          data-until={shown.until.toISOString()}
          data-ms={shown.until.getTime() - ask.now.getTime()}
        >
          <p class="pass-name">{name}</p>
          <p>{groupNumber(shown.number)}</p>
          <QrCode text={shown.text} says={said.qr} ecc="L" />
          <p role="status" data-ended={said.ended}>
            {said.until(formatInstant(shown.until, ask.lang))}
          </p>
        </section>
      ) : (
        <Notice kind="info" title={said.none}>
          <p>{said.noneHelp}</p>
        </Notice>
      )}
      <p>{said.lead}</p>
      {shown ? <ButtonLink href="/app/card/pass">{said.again}</ButtonLink> : null}
      <script type="module" src="/pass.js" />
    </Layout>
  );
}
