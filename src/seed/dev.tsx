import factorStyle from "../factor/factor.css?inline";
import { groupSecret, totpUri } from "../factor/rules-totp.ts";
import { words } from "../staff-factor/words.ts";
import { Layout, Panel, QrCode, SummaryList } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import { type MadeUpAuthenticator, madeUpAuthenticators } from "./made-up-staff.ts";

/** What the authenticators of the made-up staff show: for demonstrations and browser tests. Not there in production. */
export const routes: Route[] = [
  pageRoute({ method: "GET", path: "/dev/authenticators", who: ["dev"], purpose: "none", handle: show }),
  pageRoute({ method: "GET", path: "/dev/authenticators.json", who: ["dev"], purpose: "none", handle: list }),
];

async function show(ask: Ask): Promise<Reply> {
  const said = words(ask.lang).dev;
  const members = await madeUpAuthenticators(ask.house);
  return page(
    <Layout ask={ask} face="portal" title={said.title} styles={[factorStyle]}>
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      {members.length ? null : <p>{said.none}</p>}
      {members.map((member) => (
        <Member key={member.username} ask={ask} member={member} />
      ))}
    </Layout>,
  );
}

function Member({ ask, member }: { ask: Ask; member: MadeUpAuthenticator }) {
  const said = words(ask.lang);
  const { username, secret, digits } = member;
  return (
    <Panel title={`${member.name}, ${member.part}`}>
      <SummaryList
        rows={[
          { key: said.dev.signIn, value: username },
          { key: said.dev.now, value: <strong class="secret">{digits}</strong> },
          { key: said.dev.secret, value: <span class="secret">{groupSecret(secret)}</span> },
        ]}
      />
      <div class="totp-steps">
        <QrCode text={totpUri(secret, username)} says={said.setup.qr} />
      </div>
    </Panel>
  );
}

async function list(ask: Ask): Promise<Reply> {
  const shown = await madeUpAuthenticators(ask.house);
  return { kind: "bytes", type: "application/json; charset=utf-8", bytes: JSON.stringify(shown) };
}
