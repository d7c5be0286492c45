import type { UnitRow } from "../drive/store-scope.ts";
import { formatCount } from "../kernel/money.ts";
import {
  Acts,
  Button,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  TextArea,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import type { Kind } from "./look.ts";
import { boxOf, type TypedPlace } from "./rules-tiles.ts";
import { styles } from "./styles.ts";
import { placesOf, TileMap } from "./tiles-view.tsx";
import { words } from "./words.ts";
import { tileWords } from "./words-tiles.ts";

interface TilesPageProps {
  ask: Ask;
  territory: { code: string; name: string };
  kind: Kind | undefined;
  units: readonly UnitRow[];
  typed: ReadonlyMap<string, TypedPlace>;
  faults: readonly FieldFault[];
  isPreview: boolean;
  action: string;
  most: number;
}

/** The place of each square, typed or pasted, with the map as it would be. */
export function TilesPage(props: TilesPageProps) {
  const { ask, territory, kind, units, faults, isPreview, action, most } = props;
  const said = tileWords(ask.lang);
  const back = `/console/coverage?${new URLSearchParams({ territory: territory.code, kind: kind ?? "", view: "tiles" })}`;
  const title = kind ? `${said.title}: ${words(ask.lang).kind[kind]}` : said.title;
  return (
    <Layout
      ask={ask}
      face="console"
      title={title}
      nowAt="coverage"
      wide
      styles={styles}
      back={back}
      officeName={territory.name}
    >
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{title}</h1>
      {isPreview && faults.length === 0 ? <Notice kind="info">{said.asPreview}</Notice> : null}
      {units.length === 0 ? <p>{said.none}</p> : null}
      {units.length > most ? <Notice kind="info">{said.many(formatCount(units.length, ask.lang))}</Notice> : null}
      {units.length > 0 && units.length <= most ? (
        <>
          <p>{said.lead}</p>
          <Form ask={ask} action={action}>
            <Boxes {...props} />
            <Acts>
              <Button kind="quiet" name="act" value="preview">
                {said.preview}
              </Button>
              <Button name="act" value="save">
                {said.save}
              </Button>
            </Acts>
          </Form>
          <h2>{said.map}</h2>
          <Preview {...props} />
          <Paste {...props} />
        </>
      ) : null}
    </Layout>
  );
}

function Boxes({ ask, units, typed, faults }: TilesPageProps) {
  const said = tileWords(ask.lang);
  const box = (what: "across" | "down", { code, name }: UnitRow) => {
    const id = boxOf(what, code);
    const error = textOf(faults, id);
    return (
      <input
        id={id}
        name={id}
        value={typed.get(code)?.[what] ?? ""}
        aria-label={`${said[what]}: ${name}`}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        inputMode="numeric"
        autoComplete="off"
        maxLength={3}
      />
    );
  };
  return (
    <table class="tile-boxes">
      <caption class="unseen">{said.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{said.unit}</th>
          <th scope="col">{said.across}</th>
          <th scope="col">{said.down}</th>
        </tr>
      </thead>
      <tbody>
        {units.map((unit) => {
          const fault = (["across", "down"] as const)
            .map((what) => boxOf(what, unit.code))
            .find((id) => textOf(faults, id));
          return (
            <tr key={unit.code}>
              <th scope="row">
                {unit.name} <span class="muted">{unit.code}</span>
                {fault ? (
                  <span class="error" id={`${fault}-error`}>
                    {textOf(faults, fault)}
                  </span>
                ) : null}
              </th>
              <td>{box("across", unit)}</td>
              <td>{box("down", unit)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What cannot be placed yet stands by name at the end, as it would. */
function Preview({ ask, units, typed, faults }: TilesPageProps) {
  const indexOf = (text: string | undefined) => (/^\d{1,3}$/.test(text?.trim() ?? "") ? Number(text) - 1 : null);
  const isWrong = (code: string) => faults.some(({ field }) => field.endsWith(`-${code}`));
  const placed = placesOf(
    units.map((unit) => {
      const at = isWrong(unit.code) ? undefined : typed.get(unit.code);
      const [across, down] = [indexOf(at?.across), indexOf(at?.down)];
      return { ...unit, across: down === null ? null : across, down: across === null ? null : down };
    }),
  );
  const squares = placed.map(({ unit, across, down }) => ({
    ...{ code: unit.code, name: unit.name, across, down, tone: "tile-0", title: unit.name },
    foot: `${across + 1} · ${down + 1}`,
  }));
  return <TileMap label={tileWords(ask.lang).map} squares={squares} />;
}

function Paste({ ask, units, typed, faults, action }: TilesPageProps) {
  const said = tileWords(ask.lang);
  const lines = units.map(({ code }) => [code, typed.get(code)?.across, typed.get(code)?.down].join("; "));
  return (
    <Details summary={said.paste} open={textOf(faults, "lines") !== undefined}>
      <Form ask={ask} action={action}>
        <TextArea
          name="lines"
          label={said.lines}
          hint={said.linesHint}
          value={ask.form.lines ?? lines.join("\n")}
          error={textOf(faults, "lines")}
          rows={10}
        />
        <Button kind="quiet" name="act" value="paste">
          {said.pasteSubmit}
        </Button>
      </Form>
    </Details>
  );
}
