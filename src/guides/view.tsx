import { homeOfStaff } from "../kernel/actor.ts";
import { Layout } from "../ui/index.ts";
import { pictureHref } from "../web/islands.ts";
import type { Ask } from "../web/route.ts";
import style from "./guides.css?inline";
import { IN_ENGLISH, PICTURE, pictureName, type Role } from "./rules.ts";
import { GROUPS, guideIn, toldIn, words } from "./words.ts";

/** All guides by what somebody is. */
export function IndexPage({ ask }: { ask: Ask }) {
  const said = words(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.title} styles={[style]} back={backOf(ask)}>
      <h1>{said.title}</h1>
      <p class="lead">{said.lead}</p>
      <GuideList ask={ask} />
    </Layout>
  );
}

/** One guide: a leaflet on paper, steps under each other on a telephone. */
export function GuidePage({ ask, role }: { ask: Ask; role: Role }) {
  const said = words(ask.lang);
  const told = guideIn(ask.lang, role);
  return (
    <Layout ask={ask} face="portal" title={told.title} styles={[style]} back="/guides" wide>
      <div class="guide-head">
        <h1>{told.title}</h1>
        <p class="lead">{told.whom}</p>
      </div>
      <ol class="guide">
        {told.steps.map(({ key, name, text, picture }, at) => (
          <li key={key}>
            <h2>{name}</h2>
            <p>{text}</p>
            <img
              src={pictureHref(pictureName(role, key, ask.lang))}
              alt={picture}
              width={PICTURE.width}
              height={PICTURE.height}
              loading={at === 0 ? undefined : "lazy"}
              decoding="async"
            />
          </li>
        ))}
      </ol>
      <p>
        <strong>{said.call}</strong>{" "}
        <span class="hint">
          {said.madeUp} {ask.lang === "vi" || IN_ENGLISH.includes(role) ? null : said.inVietnamese}
        </span>
      </p>
      <nav class="guide-more" aria-labelledby="guide-more">
        <p class="hint">{said.print}</p>
        <h2 id="guide-more">{said.all}</h2>
        <GuideList ask={ask} now={role} />
      </nav>
    </Layout>
  );
}

function GuideList({ ask, now }: { ask: Ask; now?: Role }) {
  const said = words(ask.lang);
  const told = toldIn(ask.lang);
  const Heading = now ? "h3" : "h2";
  return (
    <>
      {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
        <section key={group}>
          <Heading>{said.groups[group]}</Heading>
          <ul class="guide-list">
            {GROUPS[group]
              .filter((role) => role !== now)
              .map((role) => (
                <li key={role}>
                  <a href={`/guides/${role}`}>{told[role].title}</a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** Whoever is signed in came from their own places. */
function backOf({ actor }: Ask): string {
  if (actor.kind === "citizen") return "/app/more";
  return actor.kind === "staff" ? homeOfStaff(actor.roles) : "/help";
}
