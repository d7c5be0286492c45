import type { Lang } from "../kernel/words.ts";
import { type TemplateName, templateNames } from "../notices/rules-templates.ts";
import { words as noticeWords } from "../notices/words.ts";
import { DataTable, Tag } from "../ui/index.ts";
import { type Desk, Frame, textHref } from "./frame.tsx";
import type { TextOf } from "./read.ts";
import { BUILT_IN } from "./rules.ts";
import { words } from "./words.ts";
import { occasions } from "./words-when.ts";

/** Every template: what it is for, which version is in use, and whether one waits for a second person. */
export function TextsPage({ at, texts, sender }: { at: Desk; texts: readonly TextOf[]; sender: string }) {
  const { lang } = at.ask;
  const said = words(lang);
  const textOf = (template: TemplateName, of: Lang) =>
    texts.find((one) => one.template === template && one.lang === of);
  return (
    <Frame at={at} title={said.title} back="/console">
      <h1>{said.title}</h1>
      <p class="text-lead">{said.lead}</p>
      <p>{said.sender(sender)}</p>
      <DataTable
        caption={said.caption}
        hideCaption
        rows={templateNames}
        rowKey={(template) => template}
        columns={[
          {
            head: said.columns.template,
            isMain: true,
            cell: (template) => (
              <>
                <a href={textHref(template)}>{noticeWords(lang).template[template]}</a>
                <span class="text-when">{occasions(lang).when[template]}</span>
              </>
            ),
          },
          { head: said.columns.vi, cell: (template) => <InUse at={at} text={textOf(template, "vi")} /> },
          { head: said.columns.en, cell: (template) => <InUse at={at} text={textOf(template, "en")} /> },
        ]}
      />
    </Frame>
  );
}

function InUse({ at, text }: { at: Desk; text: TextOf | undefined }) {
  const said = words(at.ask.lang);
  if (!text) return null;
  return (
    <span class="text-stand">
      {text.present === BUILT_IN ? said.builtIn : said.version(text.present)}
      {text.waiting === undefined ? null : (
        <a href={textHref(text.template, text.lang, text.waiting)}>
          <Tag tone="warning">
            {said.version(text.waiting)}: {said.waiting}
          </Tag>
        </a>
      )}
    </span>
  );
}
