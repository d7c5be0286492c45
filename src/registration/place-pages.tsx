import { Button, Details, Radios, Select, TextArea, TextField } from "../ui/index.ts";
import { wholeName } from "../units/rules-search.ts";
import type { AdminUnit, Office } from "../units/store.ts";
import type { Successor } from "../units/store-old.ts";
import type { Ask } from "../web/route.ts";
import { addressOf, errorOf, QuestionForm, QuestionFrame, type QuestionProps } from "./question-frame.tsx";
import type { Question } from "./rules-answers.ts";
import { codeOfMethod, type SubmissionMethod, usualMethod } from "./rules-paper-policies.ts";
import { words } from "./words.ts";
import { methodWords, wordsOfMethod } from "./words-methods.ts";

/** Address and office: a place is chosen from lists or looked up by name, without any script. */
export interface AddressPlaces {
  provinces: readonly AdminUnit[];
  /** Undefined until a province is chosen. */
  provinceCode: string | undefined;
  communes: readonly AdminUnit[];
  /** What was asked for among the communes of before, and what was found. */
  oldAsked: string | undefined;
  oldFound: readonly Successor[];
  /** The commune of before through which today's was chosen. */
  before: Successor | undefined;
}

export interface OfficePlaces {
  provinces: readonly AdminUnit[];
  provinceCode: string | undefined;
  offices: readonly Office[];
  /** Words of a name that was asked for. */
  named: string | undefined;
  /** Ways to hand in; one alone is no question. */
  methods: readonly SubmissionMethod[];
}

const optionsOf = (units: readonly AdminUnit[]) => units.map(({ code, name }) => ({ value: code, label: name }));

export function AddressPage(props: QuestionProps & { places: AddressPlaces }) {
  const { ask, fields, places } = props;
  const { address } = words(ask.lang);
  const province = places.provinces.find(({ code }) => code === places.provinceCode);
  return (
    <QuestionFrame {...props} question="address" title={address.title}>
      <h1>{address.title}</h1>
      {province ? (
        <>
          <p>
            {address.province}: <strong>{province.name}</strong>.{" "}
            <a href={`${addressOf("address")}?province=`}>{address.changeProvince}</a>
          </p>
          <QuestionForm ask={ask} question="address">
            <input type="hidden" name="province" value={province.code} />
            {places.before ? <Before ask={ask} before={places.before} /> : null}
            <Select
              name="commune"
              label={address.commune}
              options={optionsOf(places.communes)}
              value={fields.commune}
              error={errorOf(props, "commune")}
            />
            <TextField
              name="street"
              label={address.street}
              value={fields.street}
              error={errorOf(props, "street")}
              autoComplete="street-address"
            />
          </QuestionForm>
        </>
      ) : (
        <ProvinceForm ask={ask} question="address" act={address.chooseProvince} places={places} />
      )}
      <OldSearch {...{ ask, places }} />
      <OldAddress {...props} />
    </QuestionFrame>
  );
}

function Before({ ask, before }: { ask: Ask; before: Successor }) {
  return (
    <>
      <input type="hidden" name="old_commune" value={before.code} />
      <p class="hint">{words(ask.lang).address.before(wholeName(before))}</p>
    </>
  );
}

/** An old name leads to the commune of today: a GET, nothing is saved before it is chosen and sent. */
function OldSearch({ ask, places }: { ask: Ask; places: AddressPlaces }) {
  const { address } = words(ask.lang);
  const { oldAsked, oldFound } = places;
  return (
    <Details summary={address.searchSummary} open={oldAsked !== undefined}>
      <form method="get" action={addressOf("address")} class="form">
        <TextField
          name="old"
          label={address.searchLabel}
          hint={address.searchHint}
          value={oldAsked}
          autoComplete="off"
        />
        <Button kind="quiet">{address.searchAct}</Button>
      </form>
      {oldAsked === undefined ? null : (
        <div role="status" class="searched">
          <p>{oldFound.length > 0 ? address.found(oldFound.length) : address.notFound}</p>
        </div>
      )}
      {oldFound.length > 0 ? (
        <ul class="found">
          {oldFound.map((one) => (
            <li key={`${one.code}-${one.next.code}`}>
              <a href={choiceOf(one)}>
                {one.next.name}, {one.next.provinceName}
              </a>
              <span class="hint">{address.before(wholeName(one))}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </Details>
  );
}

const choiceOf = ({ code, next }: Successor) =>
  `${addressOf("address")}?province=${next.provinceCode}&commune=${next.code}&before=${code}`;

function OldAddress(props: QuestionProps) {
  const { ask, fields } = props;
  const { address } = words(ask.lang);
  return (
    <Details summary={address.oldSummary} open={fields.address_kind === "old"}>
      <QuestionForm ask={ask} question="address" act={address.oldSave}>
        <input type="hidden" name="address_kind" value="old" />
        <TextArea
          name="old_address"
          label={address.oldLabel}
          hint={address.oldHint}
          value={fields.old_address}
          error={errorOf(props, "old_address")}
        />
      </QuestionForm>
    </Details>
  );
}

export function OfficePage(props: QuestionProps & { places: OfficePlaces }) {
  const { ask, fields, places } = props;
  const { office } = words(ask.lang);
  const nothing = places.named === undefined ? office.none : office.notFound;
  return (
    <QuestionFrame {...props} question="office" title={office.title}>
      <h1>{office.title}</h1>
      <p>{office.hint}</p>
      {places.offices.length > 0 ? (
        <QuestionForm ask={ask} question="office">
          {places.provinceCode ? <input type="hidden" name="province" value={places.provinceCode} /> : null}
          <Radios
            name="office"
            label={office.title}
            value={fields.office ?? nearest(places.offices)}
            error={errorOf(props, "office")}
            options={places.offices.map((one) => ({
              value: one.code,
              label: one.name,
              hint: [one.isNear ? `${office.near}. ` : "", one.address, ". ", one.openingHours].join(""),
            }))}
          />
          <Methods {...props} methods={places.methods} />
        </QuestionForm>
      ) : places.provinceCode || places.named ? (
        <p role="status">{nothing}</p>
      ) : null}
      <Elsewhere ask={ask} places={places} />
    </QuestionFrame>
  );
}

/** Asked only where there is a choice. */
function Methods(props: QuestionProps & { methods: readonly SubmissionMethod[] }) {
  const { ask, fields, methods } = props;
  if (methods.length < 2) return null;
  return (
    <Radios
      name="submission_method"
      label={methodWords(ask.lang).title}
      value={fields.submission_method ?? codeOfMethod(usualMethod(methods))}
      error={errorOf(props, "submission_method")}
      options={methods.map((method) => ({
        value: codeOfMethod(method),
        label: capital(wordsOfMethod(method, ask.lang).name),
      }))}
    />
  );
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase("vi") + text.slice(1);

/** Folded away while there is something to choose from. */
function Elsewhere({ ask, places }: { ask: Ask; places: OfficePlaces }) {
  const { office } = words(ask.lang);
  const ways = (
    <>
      <ProvinceForm ask={ask} question="office" act={office.choose} places={places} />
      <form method="get" action={addressOf("office")} class="form searched">
        <TextField
          name="named"
          label={office.byName}
          hint={office.byNameHint}
          value={places.named}
          autoComplete="off"
        />
        <Button kind="quiet">{office.find}</Button>
      </form>
    </>
  );
  return places.offices.length > 0 ? (
    <Details summary={office.elsewhere} open={places.named !== undefined}>
      {ways}
    </Details>
  ) : (
    ways
  );
}

/** The one near the address is offered; any other may be chosen. */
function nearest(offices: readonly Office[]): string | undefined {
  return offices.find(({ isNear }) => isNear)?.code;
}

interface ProvinceFormProps {
  ask: Ask;
  question: Question;
  act: string;
  places: Pick<AddressPlaces, "provinces" | "provinceCode">;
}

/** Only asks for another list: a GET, nothing is saved. */
function ProvinceForm({ ask, question, act, places }: ProvinceFormProps) {
  return (
    <form method="get" action={addressOf(question)} class="form">
      <Select
        name="province"
        label={words(ask.lang).address.province}
        options={optionsOf(places.provinces)}
        value={places.provinceCode}
      />
      <Button kind={question === "address" ? "main" : "quiet"}>{act}</Button>
    </form>
  );
}
