import { formatInstant } from "../kernel/calendar.ts";
import { Details, Layout, Panel } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import style from "./outbox.css?inline";
import { type Taken, takenBy } from "./sinks.ts";
import { words } from "./words.ts";

/** What the built-in receivers took: for demonstrations and browser tests. Not there in production. */
export const routes: Route[] = [
  pageRoute({ method: "GET", path: "/dev/outbox", who: ["dev"], purpose: "none", handle: showTaken }),
  pageRoute({ method: "GET", path: "/dev/outbox.json", who: ["dev"], purpose: "none", handle: listTaken }),
];

function showTaken(ask: Ask): Reply {
  const said = words(ask.lang).dev;
  const taken = takenBy(ask.house);
  return page(
    <Layout ask={ask} face="portal" title={said.title} styles={[style]}>
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      {taken.length ? null : <p>{said.empty}</p>}
      <div class="outbox-taken">
        {taken.map((message) => (
          <Message ask={ask} message={message} />
        ))}
      </div>
    </Layout>,
  );
}

function Message({ ask, message }: { ask: Ask; message: Taken }) {
  const said = words(ask.lang);
  const title = `${said.channel[message.channel]} · ${said.dev.to(message.to)} · ${formatInstant(message.at, ask.lang)}`;
  return (
    <Panel title={title}>
      <p class="hint">{said.dev.from(message.from)}</p>
      {message.subject ? (
        <p>
          <b>{message.subject}</b>
        </p>
      ) : null}
      <p class="outbox-text">{message.text}</p>
      {message.html ? (
        <Details summary={said.dev.html}>
          <pre class="outbox-text">{message.html}</pre>
        </Details>
      ) : null}
    </Panel>
  );
}

/** Newest first; `?to=` leaves those to one number or address. */
function listTaken(ask: Ask): Reply {
  const { to } = ask.query;
  const taken = takenBy(ask.house).filter((message) => !to || message.to === to);
  return { kind: "bytes", type: "application/json; charset=utf-8", bytes: JSON.stringify(taken) };
}
