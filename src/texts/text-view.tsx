import { formatInstant } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { foldToGsm7 } from "../notices/gsm7.ts";
import { samplesOf } from "../notices/rules-samples.ts";
import { needs, type TemplateName } from "../notices/rules-templates.ts";
import { namesOf } from "../notices/rules-words.ts";
import { GIVES_WAY } from "../notices/templates.ts";
import { words as noticeWords } from "../notices/words.ts";
import { pushWords } from "../notices/words-push.ts";
import { Acts, ButtonLink, DataTable, Tag, type Tone } from "../ui/index.ts";
import { type Desk, Frame, textHref } from "./frame.tsx";
import { Preview } from "./preview-view.tsx";
import { getWords, type TextOf } from "./read.ts";
import { BUILT_IN, type Standing, standingOf, stepOf } from "./rules.ts";
import type { Version } from "./store.ts";
import { words } from "./words.ts";
import { occasions } from "./words-when.ts";

interface TextPageProps {
  at: Desk;
  template: TemplateName;
  /** One a language. */
  texts: readonly TextOf[];
  longestOffice: string | undefined;
  sender: string;
  mayWrite: boolean;
}

/** One template: its values, what it says now in both languages and both channels, and its versions. */
export function TextPage({ at, template, texts, longestOffice, sender, mayWrite }: TextPageProps) {
  const { lang } = at.ask;
  const said = words(lang);
  const title = noticeWords(lang).template[template];
  return (
    <Frame at={at} title={title} back={textHref()}>
      <h1>{title}</h1>
      <p class="text-lead">{occasions(lang).when[template]}</p>
      <Names at={at} template={template} />
      {GIVES_WAY[template] === "office" && longestOffice ? (
        <p class="hint">{said.longestOffice(longestOffice, foldToGsm7(longestOffice).length)}</p>
      ) : null}
      <div class="text-languages">
        {texts.map((text) => (
          <section key={text.lang} aria-labelledby={`in-${text.lang}`}>
            <h2 id={`in-${text.lang}`}>
              {said.lang[text.lang]}{" "}
              <span class="text-version">
                {said.present}: {text.present === BUILT_IN ? said.builtIn : said.version(text.present)}
              </span>
            </h2>
            <Preview readIn={lang} words={getWords(text, text.present)} {...{ sender, template, lang: text.lang }} />
            {mayWrite ? (
              <Acts>
                <ButtonLink href={`${textHref(template, text.lang, "edit")}?from=${text.present}`} kind="quiet">
                  {said.writeNew}
                  <span class="unseen"> ({said.lang[text.lang]})</span>
                </ButtonLink>
              </Acts>
            ) : null}
            <History at={at} text={text} />
          </section>
        ))}
      </div>
    </Frame>
  );
}

/** What may stand in braces, and how long it gets. */
export function Names({ at, template, of = at.ask.lang }: { at: Desk; template: TemplateName; of?: Lang }) {
  const said = words(at.ask.lang);
  const { names } = occasions(at.ask.lang);
  const secrets: readonly string[] = needs[template].secrets;
  const longest: Record<string, string> = { ...samplesOf(template, of, "longest"), whose: pushWords(of).ofWard };
  const all = [...new Set([...namesOf(template), ...namesOf(template, "push")])];
  if (all.length === 0) return null;
  return (
    <DataTable
      caption={said.values}
      rows={all}
      rowKey={(name) => name}
      columns={[
        { head: said.valueColumns.name, isMain: true, cell: (name) => <code>{`{${name}}`}</code> },
        {
          head: said.valueColumns.what,
          cell: (name) => {
            if (name === "whose") return said.whose;
            const isSecret = secrets.includes(name);
            const meaning = names[isSecret && name === "code" ? "one_time_code" : (name as keyof typeof names)];
            return isSecret ? `${meaning} (${said.secret})` : meaning;
          },
        },
        { head: said.valueColumns.longest, cell: (name) => <span lang={of}>{short(longest[name] ?? "")}</span> },
      ]}
    />
  );
}

const SHOWN_SIGNS = 90;
const short = (text: string) => (text.length > SHOWN_SIGNS ? `${text.slice(0, SHOWN_SIGNS)}…` : text);

export const standingTones: Record<Standing, Tone> = {
  draft: "plain",
  proposed: "warning",
  refused: "danger",
  retired: "plain",
  present: "good",
  coming: "now",
  past: "plain",
  overtaken: "plain",
};

function History({ at, text }: { at: Desk; text: TextOf }) {
  const { lang, now } = at.ask;
  const said = words(lang);
  const nameOf = (id: string | undefined) => (id ? (at.names.get(id) ?? "–") : "–");
  const decided = (one: Version) => stepOf(one, "approved") ?? stepOf(one, "refused");
  return (
    <DataTable
      caption={`${said.history} (${said.lang[text.lang]})`}
      rows={text.versions}
      rowKey={({ id }) => id}
      empty={
        <p>
          {said.noHistory} <a href={textHref(text.template, text.lang, BUILT_IN)}>{said.builtIn}</a>
        </p>
      }
      columns={[
        {
          head: said.historyColumns.version,
          isMain: true,
          cell: (one) => <a href={textHref(text.template, text.lang, one.version)}>{said.version(one.version)}</a>,
        },
        {
          head: said.historyColumns.state,
          cell: (one) => {
            const standing = standingOf(one, text.versions, now);
            return <Tag tone={standingTones[standing]}>{said.standing[standing]}</Tag>;
          },
        },
        { head: said.historyColumns.author, cell: (one) => nameOf(one.authorId) },
        { head: said.historyColumns.decided, cell: (one) => nameOf(decided(one)?.staffId) },
        {
          head: said.historyColumns.from,
          cell: (one) => {
            const from = stepOf(one, "approved")?.effectiveFrom;
            return from ? formatInstant(from, lang) : "–";
          },
        },
      ]}
    />
  );
}
