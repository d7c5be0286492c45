import type { Fault } from "../../kernel/outcome.ts";
import { pictureWords } from "../../pictures/words.ts";
import { Button, Checkboxes, Details, ErrorSummary, FileField, Form, Layout, Tag } from "../../ui/index.ts";
import { islandHref } from "../../web/islands.ts";
import type { Ask } from "../../web/route.ts";
import style from "../registration.css?inline";
import type { PhotoRule } from "../rules-paper-policies.ts";
import type { PhotoKind } from "./rules-photos.ts";
import type { Photo } from "./store-photo.ts";
import { photoWords } from "./words.ts";

interface PhotosProps {
  ask: Ask;
  rule: PhotoRule;
  kinds: readonly PhotoKind[];
  sent: readonly Photo[];
  faults: readonly Fault[];
  back: string;
  mayTakeBack: boolean;
}

/** Three files to choose, what is there already, and a way to send a doubtful one all the same. */
export function PhotosPage({ ask, rule, kinds, sent, faults, back, mayTakeBack }: PhotosProps) {
  const said = photoWords(ask.lang);
  const sentences = faults.map(({ field, key }) => ({ field, text: pictureText(key, ask) }));
  const isDoubtful = faults.length > 0 && faults.every(({ key }) => key.startsWith("picture_"));
  return (
    <Layout ask={ask} face="portal" title={said.title} styles={[style]} back={back}>
      <ErrorSummary ask={ask} faults={sentences} />
      <h1>{said.title}</h1>
      <p>{rule === "required" ? said.required : said.optional}</p>
      <p class="hint">{said.lead}</p>
      <Form ask={ask} action="/register/photos" multipart>
        {kinds.map((kind) => (
          <Choose
            key={kind}
            {...{ ask, kind }}
            isSent={sent.some((one) => one.kind === kind)}
            error={errorAt(sentences, kind)}
          />
        ))}
        {isDoubtful ? (
          <Checkboxes
            name="insists"
            label={said.insistTitle}
            hint={said.chooseAgain}
            options={[{ value: "yes", label: said.insist }]}
          />
        ) : null}
        <Button>{said.send}</Button>
      </Form>
      {mayTakeBack && sent.length > 0 ? (
        <Details summary={said.takeBack}>
          {sent.map(({ kind }) => (
            <Form key={kind} ask={ask} action="/register/photos/removal">
              <input type="hidden" name="kind" value={kind} />
              <Button kind="quiet">{said.remove(said.kinds[kind])}</Button>
            </Form>
          ))}
        </Details>
      ) : null}
      <script type="module" src={islandHref("photos")} />
    </Layout>
  );
}

function Choose({
  ask,
  kind,
  isSent,
  error,
}: {
  ask: Ask;
  kind: PhotoKind;
  isSent: boolean;
  error: string | undefined;
}) {
  const said = photoWords(ask.lang);
  const { doubts, good } = pictureWords(ask.lang);
  const verdicts = Object.fromEntries(Object.entries(doubts).map(([doubt, text]) => [`data-${doubt}`, text]));
  return (
    <div class="photo" data-motif={kind === "portrait" ? "portrait" : "paper"} data-good={good} {...verdicts}>
      <FileField
        name={kind}
        label={said.kinds[kind]}
        hint={
          <>
            {isSent ? <Tag tone="good">{said.sent}</Tag> : null} {isSent ? said.replace : said.hints[kind]}
          </>
        }
        accept="image/jpeg,image/png"
        error={error}
      />
      <p role="status" />
    </div>
  );
}

/** All that is wrong with one picture, in one breath. */
function errorAt(sentences: readonly { field: string; text: string }[], kind: PhotoKind): string | undefined {
  const own = sentences.filter(({ field }) => field === kind).map(({ text }) => text);
  return own.length > 0 ? own.join(" ") : undefined;
}

function pictureText(key: string, ask: Ask): string {
  const { faults, doubts } = pictureWords(ask.lang);
  return { ...faults, ...doubts }[key as keyof typeof faults | keyof typeof doubts];
}
