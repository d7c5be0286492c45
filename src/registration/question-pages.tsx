import { Acts, Button, ButtonLink, DateField, Form, Notice, Radios, TextField } from "../ui/index.ts";
import { DeletionLink } from "./deletion-pages.tsx";
import { PaperFields } from "./paper-fields.tsx";
import { addressOf, errorOf, QuestionForm, QuestionFrame, type QuestionProps } from "./question-frame.tsx";
import { boxesOf } from "./rules-parse.ts";
import { scanWords } from "./scan/words.ts";
import { words } from "./words.ts";

/** The file that is open on this device. `next`: where it is worked on; undefined: it is a draft no more. */
interface Ongoing {
  code: string;
  next: string | undefined;
}

/** The questions that need no list of places: for whom, paper, name, birth, insurance number. */
export function WhoPage(props: QuestionProps & { ongoing?: Ongoing | undefined }) {
  const { ask, fields, file, ongoing } = props;
  const said = words(ask.lang);
  const { who } = said;
  return (
    <QuestionFrame {...props} question="who" title={who.title}>
      {ongoing ? (
        <Notice kind="info" title={said.ongoing.title}>
          <p>{ongoing.next ? said.ongoing.body(ongoing.code) : said.ongoing.done(ongoing.code)}</p>
          <Acts>
            <ButtonLink href={ongoing.next ?? "/register/track"} kind="quiet">
              {ongoing.next ? said.ongoing.resume : said.ongoing.track}
            </ButtonLink>
            {ongoing.next ? <DeletionLink ask={ask} /> : null}
          </Acts>
        </Notice>
      ) : null}
      <Form ask={ask} action={file ? addressOf("who") : "/register"}>
        <Radios
          name="for_whom"
          label={who.title}
          hint={who.hint}
          asHeading
          value={fields.for_whom}
          error={errorOf(props, "for_whom")}
          options={[
            { value: "self", label: who.self },
            { value: "child", label: who.child, hint: who.childHint },
            { value: "helped", label: who.helped, hint: who.helpedHint },
          ]}
        />
        <div class="for-others">
          <TextField
            name="declarer"
            label={who.declarer}
            hint={who.declarerHint}
            value={fields.declarer}
            error={errorOf(props, "declarer")}
            spellcheck={false}
          />
          <TextField
            name="declarer_as"
            label={who.declarerAs}
            hint={who.declarerAsHint}
            value={fields.declarer_as}
            error={errorOf(props, "declarer_as")}
          />
        </div>
        <Button>{said.next}</Button>
      </Form>
    </QuestionFrame>
  );
}

export function PaperPage(props: QuestionProps) {
  const { ask, fields, file } = props;
  const { paper } = words(ask.lang);
  const isChild = file?.answers.who?.forWhom === "child";
  return (
    <QuestionFrame {...props} question="paper" title={paper.title}>
      <h1>{paper.title}</h1>
      <p>{paper.hint}</p>
      {isChild ? <p>{paper.hintChild}</p> : null}
      <p>
        <a href="/register/scan">{scanWords(ask.lang).link}</a>
        <br />
        <span class="hint">{scanWords(ask.lang).linkHint}</span>
      </p>
      <QuestionForm ask={ask} question="paper">
        <PaperFields {...props} />
        <div class="for-passport">
          <TextField
            name="paper_country"
            label={paper.country}
            hint={paper.countryHint}
            optional
            value={fields.paper_country}
            error={errorOf(props, "paper_country")}
            width="half"
            autoComplete="off"
          />
        </div>
        <DateField
          name="issued"
          label={paper.issued}
          optional
          value={boxesOf("issued", fields)}
          error={errorOf(props, "issued")}
        />
        <TextField
          name="issued_by"
          label={paper.issuedBy}
          optional
          value={fields.issued_by}
          error={errorOf(props, "issued_by")}
        />
      </QuestionForm>
    </QuestionFrame>
  );
}

export function NamePage(props: QuestionProps) {
  const { ask, fields, file } = props;
  const { name } = words(ask.lang);
  const isOwn = file?.answers.who?.forWhom === "self";
  return (
    <QuestionFrame {...props} question="name" title={name.title}>
      <h1>{name.title}</h1>
      <QuestionForm ask={ask} question="name">
        <TextField
          name="full_name"
          label={name.full}
          hint={name.fullHint}
          value={fields.full_name}
          error={errorOf(props, "full_name")}
          autoComplete={isOwn ? "name" : "off"}
          spellcheck={false}
        />
        <Radios
          name="sex"
          label={name.sex}
          inline
          value={fields.sex}
          error={errorOf(props, "sex")}
          options={([1, 2, 3] as const).map((sex) => ({ value: String(sex), label: name.sexes[sex] }))}
        />
      </QuestionForm>
    </QuestionFrame>
  );
}

export function BirthPage(props: QuestionProps) {
  const { ask, fields, file } = props;
  const { birth } = words(ask.lang);
  return (
    <QuestionFrame {...props} question="birth" title={birth.title}>
      <QuestionForm ask={ask} question="birth">
        <DateField
          name="birth"
          label={birth.title}
          hint={birth.hint}
          asHeading
          isBirth={file?.answers.who?.forWhom === "self"}
          value={boxesOf("birth", fields)}
          error={errorOf(props, "birth")}
          yearOnlyHint={birth.yearOnly}
        />
      </QuestionForm>
    </QuestionFrame>
  );
}

export function InsurancePage(props: QuestionProps) {
  const { ask, fields } = props;
  const said = words(ask.lang);
  const { insurance } = said;
  return (
    <QuestionFrame {...props} question="insurance" title={insurance.title}>
      <Form ask={ask} action={addressOf("insurance")}>
        <TextField
          name="insurance_number"
          label={insurance.title}
          hint={insurance.hint}
          asHeading
          value={fields.insurance_number}
          error={errorOf(props, "insurance_number")}
          width="number"
          autoComplete="off"
          spellcheck={false}
        />
        <Button>{said.next}</Button>
        <p class="hint unknown">{insurance.unknownHint}</p>
        <Button kind="quiet" name="insurance_known" value="no">
          {insurance.unknown}
        </Button>
        <p class="unknown">
          <a href="/insurance-number">{insurance.find}</a>
        </p>
      </Form>
    </QuestionFrame>
  );
}
