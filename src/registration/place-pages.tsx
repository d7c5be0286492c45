import { Button, Details, Radios, Select, TextArea, TextField } from "../ui/index.ts";
import type { AdminUnit, Office } from "../units/store.ts";
import type { Ask } from "../web/route.ts";
import { addressOf, errorOf, QuestionForm, QuestionFrame, type QuestionProps } from "./question-frame.tsx";
import type { Question } from "./rules-answers.ts";
import { words } from "./words.ts";

/** Address and office: a place is chosen from lists, province first, without any script. */
export interface Places {
  provinces: readonly AdminUnit[];
  /** Undefined until a province is chosen. */
  provinceCode: string | undefined;
  communes: readonly AdminUnit[];
  offices: readonly Office[];
}

const optionsOf = (units: readonly AdminUnit[]) => units.map(({ code, name }) => ({ value: code, label: name }));

export function AddressPage(props: QuestionProps & { places: Places }) {
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
      <OldAddress {...props} />
    </QuestionFrame>
  );
}

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

export function OfficePage(props: QuestionProps & { places: Places }) {
  const { ask, fields, places } = props;
  const { office } = words(ask.lang);
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
        </QuestionForm>
      ) : places.provinceCode ? (
        <p>{office.none}</p>
      ) : null}
      {places.provinceCode ? (
        <Details summary={office.elsewhere}>
          <ProvinceForm ask={ask} question="office" act={office.choose} places={places} />
        </Details>
      ) : (
        <ProvinceForm ask={ask} question="office" act={office.choose} places={places} />
      )}
    </QuestionFrame>
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
  places: Places;
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
