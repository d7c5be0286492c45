import type { ComponentChildren } from "preact";
import { Button, Details, Hours, Layout, Panel, Select, Tag, TextField } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./find.css?inline";
import { type MappedPlace, NearMap } from "./near-map.tsx";
import { wholeName } from "./rules-search.ts";
import type { AdminUnit } from "./store.ts";
import type { NearFacility, Nearness, NearOffice } from "./store-near.ts";
import type { Successor } from "./store-old.ts";
import { words } from "./words.ts";

export interface FindProps {
  ask: Ask;
  provinces: readonly AdminUnit[];
  province: AdminUnit | undefined;
  communes: readonly AdminUnit[];
  commune: AdminUnit | undefined;
  offices: readonly NearOffice[];
  facilities: readonly NearFacility[];
  oldAsked: string | undefined;
  oldFound: readonly Successor[];
}

const optionsOf = (units: readonly AdminUnit[]) => units.map(({ code, name }) => ({ value: code, label: name }));
export const findHref = (province: string, commune: string) => `/find?province=${province}&commune=${commune}`;

/** A sketch and its two lists; everything is a GET and nothing is kept. */
export function FindPage(props: FindProps) {
  const { ask, province, communes, commune, provinces } = props;
  const said = words(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.title} back="/help" styles={commune ? [style] : []}>
      <h1>{said.title}</h1>
      {commune ? null : <p class="lead">{said.lead}</p>}
      {province ? (
        <>
          <p>
            {said.province}: <strong>{province.name}</strong>. <a href="/find">{said.changeProvince}</a>
          </p>
          <form method="get" action="/find" class="form">
            <input type="hidden" name="province" value={province.code} />
            <Select name="commune" label={said.commune} options={optionsOf(communes)} value={commune?.code} />
            <Button>{said.find}</Button>
          </form>
        </>
      ) : (
        <form method="get" action="/find" class="form">
          <Select name="province" label={said.province} options={optionsOf(provinces)} />
          <Button>{said.chooseProvince}</Button>
        </form>
      )}
      {commune ? null : <Old {...props} />}
      {commune && province ? <Found {...props} commune={commune} province={province} /> : null}
    </Layout>
  );
}

function Old({ ask, oldAsked, oldFound }: FindProps) {
  const said = words(ask.lang);
  return (
    <Details summary={said.oldSummary} open={oldAsked !== undefined}>
      <form method="get" action="/find" class="form">
        <TextField name="old" label={said.oldLabel} hint={said.oldHint} value={oldAsked} autoComplete="off" />
        <Button kind="quiet">{said.oldFind}</Button>
      </form>
      {oldAsked !== undefined && oldFound.length === 0 ? <p role="status">{said.oldNone}</p> : null}
      <ul>
        {oldFound.map((one) => (
          <li key={`${one.code}-${one.next.code}`}>
            <a href={findHref(one.next.provinceCode, one.next.code)}>
              {one.next.name}, {one.next.provinceName}
            </a>{" "}
            <span class="hint">{said.oldWas(wholeName(one))}</span>
          </li>
        ))}
      </ul>
    </Details>
  );
}

function Found({
  ask,
  offices,
  facilities,
  commune,
  province,
}: FindProps & { commune: AdminUnit; province: AdminUnit }) {
  const said = words(ask.lang);
  const places: MappedPlace[] = [
    ...offices.map((one) => ({ ...one, kind: "office" as const })),
    ...facilities.map((one) => ({ ...one, kind: "facility" as const })),
  ].map(({ name, kind, nearness }, at) => ({ number: at + 1, name, kind, nearness }));
  return (
    <>
      <h2>{said.around(commune.name, province.name)}</h2>
      <p class="hint">{said.order}</p>
      {places.length > 0 ? <Sketch ask={ask} places={places} /> : null}
      <h2>{said.offices}</h2>
      <p>{said.any}</p>
      {offices.length === 0 ? <p>{said.none}</p> : null}
      {offices.map(({ code, name, address, phone, openingHours, nearness }, at) => (
        <Place key={code} number={at + 1} name={name} kind="office">
          <Near ask={ask} nearness={nearness} />
          <p>{address}</p>
          <p>
            {said.hours}: <Hours text={openingHours} />
          </p>
          <Phone ask={ask} phone={phone} of={name} />
        </Place>
      ))}
      <h2>{said.facilities}</h2>
      {facilities.length === 0 ? <p>{said.none}</p> : <p class="hint">{said.noHours}</p>}
      {facilities.map(({ code, name, level, address, phone, nearness }, at) => (
        <Place key={code} number={offices.length + at + 1} name={name} kind="facility">
          <Near ask={ask} nearness={nearness} />
          <p>{[level ? said.levels[level] : undefined, address ?? said.noAddress, code].filter(Boolean).join(" · ")}</p>
          <Phone ask={ask} phone={phone} of={name} />
        </Place>
      ))}
    </>
  );
}

/** The sketch, and beside it in words how many there are of each kind in each ring. */
function Sketch({ ask, places }: { ask: Ask; places: readonly MappedPlace[] }) {
  const said = words(ask.lang);
  const count = (kind: MappedPlace["kind"], ring: number) =>
    places.filter((one) => one.kind === kind && one.nearness === ring).length;
  return (
    <figure class="near">
      <NearMap places={places} rings={said.nearness} />
      <figcaption>
        <p>
          <strong>{said.sketch}</strong>
        </p>
        <ul>
          {said.sketchRings.map((ring, at) => (
            <li key={ring}>
              {ring} ({said.nearness[at]}): {said.counted(count("office", at), count("facility", at))}
            </li>
          ))}
        </ul>
        <p>
          <Mark kind="office" /> {said.sketchOffice} · <Mark kind="facility" /> {said.sketchFacility}.{" "}
          {said.sketchNumbers}
        </p>
        <p class="hint">{said.sketchNote}</p>
      </figcaption>
    </figure>
  );
}

function Mark({ kind }: { kind: MappedPlace["kind"] }) {
  return (
    <svg class={`near-mark ${kind}`} viewBox="0 0 18 18" aria-hidden="true" focusable="false">
      {kind === "office" ? <rect x="1" y="1" width="16" height="16" rx="3" /> : <circle cx="9" cy="9" r="8.5" />}
    </svg>
  );
}

interface PlaceProps extends Pick<MappedPlace, "number" | "name" | "kind"> {
  children: ComponentChildren;
}

function Place({ number, name, kind, children }: PlaceProps) {
  const title = (
    <>
      <span class={`near-number ${kind}`}>{number}</span>
      {name}
    </>
  );
  return (
    <div id={`place-${number}`}>
      <Panel title={title}>{children}</Panel>
    </div>
  );
}

function Near({ ask, nearness }: { ask: Ask; nearness: Nearness }) {
  return (
    <p>
      <Tag tone={nearness === 0 ? "good" : "plain"}>{words(ask.lang).nearness[nearness] ?? ""}</Tag>
    </p>
  );
}

function Phone({ ask, phone, of }: { ask: Ask; phone: string | null; of: string }) {
  const said = words(ask.lang);
  if (!phone) return <p class="hint">{said.noPhone}</p>;
  return (
    <p>
      <a href={`tel:${phone.replace(/[^\d+]/g, "")}`}>
        {said.call} {phone}
        <span class="unseen"> {of}</span>
      </a>
    </p>
  );
}
