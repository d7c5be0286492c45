/** /app/family: for whom one may act, turning to their record and back, and what one has looked at. */

import { formatBirth, formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import { words as lookWords } from "../me/words.ts";
import { Button, ButtonLink, DataTable, Form, Layout, Notice, Panel, SummaryList, Tag } from "../ui/index.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { actFor, actForSelf } from "./act-for.ts";
import { type FamilyMember, familyOf, guardiansOf, seenBy } from "./family.ts";
import { words } from "./words.ts";

/** These pages are the guardian's own whoever's record is open, like the password and the devices. */
const own = { who: ["citizen"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...own, method: "GET", path: "/app/family", handle: showFamily }),
  pageRoute({ ...own, method: "POST", path: "/app/family/acting", handle: turnTo }),
  pageRoute({ ...own, method: "POST", path: "/app/family/return", handle: turnBack }),
];

async function showFamily(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const citizen = citizenFrom(ask);
  const [members, guardians, seen] = [
    await familyOf(house, citizen, now),
    await guardiansOf(house, citizen.personId, now),
    await seenBy(house, citizen.personId),
  ];
  const said = words(lang);
  return page(
    <Layout ask={ask} face="app" title={said.title} back="/app/more" nowAt="more">
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      {members.length === 0 ? (
        <div class="empty">
          <p class="lead">{said.none}</p>
        </div>
      ) : (
        members.map((member) => <Member key={member.link.linkId} ask={ask} member={member} />)
      )}
      <h2>{said.how}</h2>
      <ul>
        {said.howSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <ButtonLink kind="quiet" href="/register">
        {said.howLink}
      </ButtonLink>
      {members.length > 0 || seen.length > 0 ? <Seen ask={ask} seen={seen} /> : null}
      {guardians.length > 0 ? (
        <>
          <h2>{said.mine}</h2>
          <ul>
            {guardians.map(({ name, relation }) => (
              <li key={name}>{said.mineLead(name, said.relations[relation])}</li>
            ))}
          </ul>
        </>
      ) : null}
    </Layout>,
  );
}

function Member({ ask, member }: { ask: Ask; member: FamilyMember }) {
  const { link, ward, standing, lastDay } = member;
  const said = words(ask.lang);
  const isOpen = ask.actor.kind === "citizen" && ask.actor.actingFor?.personId === link.ward.personId;
  const day = (date: Parameters<typeof formatDay>[0]) => formatDay(date, ask.lang);
  const until =
    standing === "not_yet"
      ? said.fromDay(day(plainDate(link.fromOn)))
      : lastDay
        ? said.untilDay(day(lastDay))
        : said.untilNone;
  return (
    <Panel
      title={
        <>
          {link.ward.fullName} <Tag>{said.wards[link.relation]}</Tag>
        </>
      }
    >
      <SummaryList
        rows={[
          { key: said.born, value: formatBirth(plainDate(link.ward.birthOn), link.ward.birthPrecision, ask.lang) },
          { key: said.relation, value: said.relations[link.relation] },
          { key: said.until, value: until },
        ]}
      />
      {standing === "holds" ? null : (
        <Notice kind="warning">
          <p>{said.notNow[standing]}</p>
        </Notice>
      )}
      {isOpen ? <p>{said.now(link.ward.fullName)}</p> : null}
      {ward && !isOpen ? (
        <Form ask={ask} action="/app/family/acting">
          <input type="hidden" name="ward" value={ward.publicId} />
          <input type="hidden" name="to" value={ask.query.to} />
          <Button>{said.open(ward.name)}</Button>
        </Form>
      ) : null}
    </Panel>
  );
}

function Seen({ ask, seen }: { ask: Ask; seen: Awaited<ReturnType<typeof seenBy>> }) {
  const said = words(ask.lang);
  const actions: Record<string, string> = lookWords(ask.lang).actions;
  return (
    <>
      <h2>{said.seen}</h2>
      <DataTable
        caption={said.seen}
        hideCaption
        rows={seen}
        rowKey={(look) => look.event_id}
        empty={<p>{said.seenNone}</p>}
        columns={[
          { head: said.seenColumns.at, isMain: true, cell: (look) => formatInstant(look.at, ask.lang) },
          { head: said.seenColumns.who, cell: (look) => look.name },
          { head: said.seenColumns.what, cell: (look) => actions[look.action] ?? lookWords(ask.lang).actionOther },
        ]}
      />
    </>
  );
}

async function turnTo(ask: Ask): Promise<Reply> {
  await actFor(ask.house, citizenFrom(ask), ask.form.ward ?? "", ask.now);
  return redirect(ask.form.to === "visits" ? "/app/visits" : "/app");
}

async function turnBack(ask: Ask): Promise<Reply> {
  await actForSelf(ask.house, citizenFrom(ask));
  return redirect("/app");
}
