import type { Lang } from "../kernel/words.ts";
import { septetsOf } from "../notices/gsm7.ts";
import { deviceNames, shownOnDevices } from "../notices/rules-push.ts";
import { type Size, samplesOf, sizes } from "../notices/rules-samples.ts";
import type { TemplateName } from "../notices/rules-templates.ts";
import { type Sentences, sentencesFrom, type Words } from "../notices/rules-words.ts";
import { ONE_SMS, renderMail, renderPush, renderSms } from "../notices/templates.ts";
import { countSms } from "./check.ts";
import { words as textWords } from "./words.ts";

interface PreviewProps {
  /** The reader's language, not the message's. */
  readIn: Lang;
  sender: string;
  template: TemplateName;
  lang: Lang;
  words: Words;
  shown?: readonly Size[];
}

/** The messages as they arrive, with made-up values: the usual ones, and the longest ones. Only for checked words. */
export function Preview({ readIn, sender, template, lang, words, shown = sizes }: PreviewProps) {
  const said = textWords(readIn);
  const sentences = sentencesFrom(words);
  const { room } = countSms(template, lang, words);
  return (
    <>
      {shown.map((size) => (
        <section key={size} class="text-preview">
          <h3>{said[size]}</h3>
          <Bubble {...{ readIn, sender, template, lang, sentences, size }} />
          {size === "longest" && room !== undefined ? <p class="hint">{said.givesWay(room)}</p> : null}
          <Letter {...{ readIn, template, lang, sentences, size }} />
          {template in shownOnDevices ? <OnDevice {...{ readIn, template, lang, sentences, size }} /> : null}
        </section>
      ))}
    </>
  );
}

interface OneProps {
  readIn: Lang;
  template: TemplateName;
  lang: Lang;
  sentences: Sentences;
  size: Size;
}

function Bubble({ readIn, sender, template, lang, sentences, size }: OneProps & { sender: string }) {
  const said = textWords(readIn);
  const sms = renderSms(template, lang, samplesOf(template, lang, size), sentences);
  return (
    <figure class="text-phone">
      <figcaption>
        {said.channel.sms} · <b>{sender}</b>
      </figcaption>
      <p class="text-bubble" lang={lang}>
        {sms}
      </p>
      <p class="text-count">{said.count(septetsOf(sms), ONE_SMS)}</p>
    </figure>
  );
}

function Letter({ readIn, template, lang, sentences, size }: OneProps) {
  const said = textWords(readIn);
  const mail = renderMail(template, lang, samplesOf(template, lang, size), sentences);
  return (
    <figure class="text-letter">
      <figcaption>{said.channel.email}</figcaption>
      <div lang={lang}>
        <p class="text-subject">
          <span lang={readIn}>{said.subject}:</span> <b>{mail.subject}</b>
        </p>
        {mail.text
          .trim()
          .split("\n\n")
          .map((paragraph, at) => (
            <p key={at}>{paragraph}</p>
          ))}
      </div>
    </figure>
  );
}

/** The longest is what a guardian reads: it says whose matter it is. */
function OnDevice({ readIn, template, lang, sentences, size }: OneProps) {
  const said = textWords(readIn);
  const isForWard = size === "longest" && deviceNames(template).includes("whose");
  const values = { ...samplesOf(template, lang, size), ...(isForWard ? { ward: "yes" } : {}) };
  return (
    <figure class="text-phone">
      <figcaption>{isForWard ? said.forWard : said.channel.push}</figcaption>
      <p class="text-bubble" lang={lang}>
        <b>VssID</b>
        <br />
        {renderPush(template, lang, values, sentences)}
      </p>
    </figure>
  );
}
