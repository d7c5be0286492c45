import type { Declaration } from "../registration/store.ts";
import type { QueueCounts } from "../registration/store-queue.ts";
import { Button, Details, Notice, Pills, Select, TextField } from "../ui/index.ts";
import { hideTyped } from "../web/typed-query.ts";
import { FileTable, FindBox } from "./find-view.tsx";
import { Keys } from "./keys-view.tsx";
import { type QueueAsk, queueHref, SHOWS } from "./rules-queue.ts";
import { type Counter, Frame } from "./view-parts.tsx";
import { words } from "./words.ts";
import { transferWords } from "./words-transfer.ts";

interface QueueProps {
  at: Counter;
  asked: QueueAsk;
  /** One page, least time left first. */
  files: readonly Declaration[];
  counts: QueueCounts;
  countedTo: number;
  /** Where the next page begins. */
  next: string | undefined;
  /** Every office of this officer. */
  offices: readonly { code: string; name: string }[];
  /** The ways to hand in that may be asked for. */
  ways: readonly { code: string; name: string }[];
  /** Whoever holds a file now. */
  holders: readonly string[];
  names: ReadonlyMap<string, string>;
}

/** Everything works by address: a view, filters that are sent like any form, and the next page. */
export function QueuePage(props: QueueProps) {
  const { at, asked, files, counts, countedTo, next, names } = props;
  const said = words(at.ask.lang).queue;
  const hrefTo = (wanted: QueueAsk) => hideTyped(at.ask, queueHref(wanted));
  return (
    <Frame at={at} title={said.title} wide>
      <h1>{said.title}</h1>
      <FindBox at={at} typed="" />
      <Pills
        label={said.filters}
        links={SHOWS.map((show) => ({
          href: hrefTo({ ...asked, show }),
          text: said.show[show],
          count: counts[show] < countedTo ? counts[show] : `${countedTo - 1}+`,
          isCurrent: show === asked.show,
        }))}
      />
      <Filters {...props} />
      <FileTable at={at} files={files} names={names} />
      <p>
        <a href="/console/transfers">{transferWords(at.ask.lang).list.link}</a>
      </p>
      {next || asked.after ? (
        <nav class="pagination" aria-label={said.pages}>
          {asked.after ? <a href={hrefTo({ ...asked, after: undefined })}>{said.first}</a> : null}
          {next ? (
            <a rel="next" href={next}>
              {said.next}
            </a>
          ) : null}
        </nav>
      ) : null}
      <Keys at={at} />
    </Frame>
  );
}

function Filters({ at, asked, offices, ways, holders, names }: QueueProps) {
  const said = words(at.ask.lang).queue;
  const isNarrowed = Boolean(asked.holder || asked.office || asked.name || asked.way);
  const people = holders.map((id) => ({
    value: id,
    label: id === at.staff.staffId ? said.you : (names.get(id) ?? id),
  }));
  return (
    <Details summary={said.narrow} open={isNarrowed}>
      <form class="narrow" method="post" action="/console/search">
        <input type="hidden" name="_token" value={at.ask.formToken} />
        <input type="hidden" name="to" value="/console" />
        <input type="hidden" name="show" value={asked.show} />
        <TextField name="name" label={said.byName} value={asked.name} maxLength={100} autoComplete="off" />
        <Select
          name="holder"
          label={said.columns.holder}
          placeholder={said.anybody}
          options={[{ value: "nobody", label: said.nobody }, ...people]}
          value={asked.holder}
        />
        <Select
          name="way"
          label={said.way}
          placeholder={said.anyWay}
          options={ways.map(({ code, name }) => ({ value: code, label: name }))}
          value={asked.way}
        />
        {offices.length > 1 ? (
          <Select
            name="office"
            label={said.office}
            placeholder={said.allOffices}
            options={offices.map(({ code, name }) => ({ value: code, label: name }))}
            value={asked.office}
          />
        ) : null}
        <Button kind="quiet">{said.narrowButton}</Button>
        {isNarrowed ? (
          <a href={queueHref({ ...asked, holder: undefined, office: undefined, name: "", way: undefined })}>
            {said.clear}
          </a>
        ) : null}
      </form>
    </Details>
  );
}

export function NoOfficePage({ at }: { at: Counter }) {
  const said = words(at.ask.lang).queue;
  return (
    <Frame at={at} title={said.title}>
      <h1>{said.title}</h1>
      <Notice kind="warning">{said.noOffice}</Notice>
    </Frame>
  );
}
