import { Acts, ButtonLink, Hotline, Layout, Notice, Panel, Steps, TickList } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./home.css?inline";
import { CardPicture, Terraces } from "./picture.tsx";
import { words } from "./words.ts";

/** The portal's start page: what one gets, how, what to have at hand, where a person helps. */
export function StartPage({ ask }: { ask: Ask }) {
  const said = words(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.title} styles={[style]} wide hero={<Welcome ask={ask} />}>
      <div class="start">
        <div>
          <h2>{said.how.title}</h2>
          <Steps items={said.how.items.map(([title, body]) => ({ title, body: <p>{body}</p> }))} />
          <h2>{said.who.title}</h2>
          <TickList items={said.who.items} />
        </div>
        <div>
          <Panel title={said.athand.title}>
            <TickList items={said.athand.items} />
          </Panel>
          <Notice kind="warning" title={said.scam.title}>
            <p>{said.scam.body}</p>
          </Notice>
          <Panel title={said.help.title} tone="tinted">
            <p>
              {said.help.call}
              <Hotline />
            </p>
            <p>{said.help.visit}</p>
            <p>
              <a href="/help">{said.help.more}</a>
            </p>
          </Panel>
        </div>
      </div>
    </Layout>
  );
}

function Welcome({ ask }: { ask: Ask }) {
  const said = words(ask.lang);
  const isSignedIn = ask.actor.kind === "citizen";
  return (
    <>
      <div class="welcome">
        <div>
          <h1>{said.heading}</h1>
          <p class="lead">{said.lead}</p>
          <Acts>
            <ButtonLink href={isSignedIn ? "/app" : "/register"}>
              {isSignedIn ? said.openAccount : said.register}
            </ButtonLink>
            {isSignedIn ? null : (
              <ButtonLink href="/sign-in" kind="quiet">
                {said.signIn}
              </ButtonLink>
            )}
          </Acts>
          <p>{said.effort}</p>
          {isSignedIn ? null : (
            <p>
              {said.resume.title} <a href="/register/resume">{said.resume.act}</a>
            </p>
          )}
        </div>
        <CardPicture />
      </div>
      <Terraces />
    </>
  );
}
