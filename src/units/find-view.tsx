import { Button, Details, Layout, Panel, Select, Tag, TextField } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
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

/** Two lists, one after the other; everything is a GET and nothing is kept. */
export function FindPage(props: FindProps) {
  const { ask, province, communes, commune, provinces } = props;
  const said = words(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.title} back="/help">
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
  return (
    <>
      <h2>{said.around(commune.name, province.name)}</h2>
      <p class="hint">{said.order}</p>
      <h2>{said.offices}</h2>
      <p>{said.any}</p>
      {offices.length === 0 ? <p>{said.none}</p> : null}
      {offices.map(({ code, name, address, phone, openingHours, nearness }) => (
        <Panel key={code} title={name}>
          <Near ask={ask} nearness={nearness} />
          <p>{address}</p>
          <p>
            {said.hours}: {openingHours}
          </p>
          <Phone ask={ask} phone={phone} of={name} />
        </Panel>
      ))}
      <h2>{said.facilities}</h2>
      {facilities.length === 0 ? <p>{said.none}</p> : <p class="hint">{said.noHours}</p>}
      {facilities.map(({ code, name, level, address, phone, nearness }) => (
        <Panel key={code} title={name}>
          <Near ask={ask} nearness={nearness} />
          <p>{[level ? said.levels[level] : undefined, address ?? said.noAddress, code].filter(Boolean).join(" · ")}</p>
          <Phone ask={ask} phone={phone} of={name} />
        </Panel>
      ))}
    </>
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
