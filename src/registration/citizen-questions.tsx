import type { ComponentType } from "preact";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { waitedMinutes } from "./citizen-code.tsx";
import { addressPlaces, officePlaces } from "./citizen-places.tsx";
import { fileOf, openOn, placeToGo } from "./citizen-visit.tsx";
import { EmailPage, PhonePage } from "./contact-pages.tsx";
import { saveAnswer, startDraft } from "./draft.ts";
import { shownStatus } from "./is-over.ts";
import { AddressPage, OfficePage } from "./place-pages.tsx";
import type { QuestionProps } from "./question-frame.tsx";
import { BirthPage, InsurancePage, NamePage, PaperPage, WhoPage } from "./question-pages.tsx";
import { isReachable, QUESTIONS, type Question } from "./rules-answers.ts";
import type { Contact } from "./rules-proof.ts";
import { typedOf } from "./rules-typed.ts";
import type { Declaration } from "./store.ts";

/** The questions of form 01, one a page: GET shows, POST saves and goes to the first one still open. */

const plainPages: Record<Exclude<Question, Contact | "address" | "office">, ComponentType<QuestionProps>> = {
  who: WhoPage,
  paper: PaperPage,
  name: NamePage,
  birth: BirthPage,
  insurance: InsurancePage,
};

async function showStart(ask: Ask): Promise<Reply> {
  const file = await fileOf(ask);
  const ongoing = file && {
    code: file.code,
    next: (await shownStatus(ask.house.db, file, ask.now)) === "draft" ? await placeToGo(ask, file) : undefined,
  };
  return page(<WhoPage ask={ask} fields={{}} faults={[]} file={undefined} ongoing={ongoing} />);
}

async function postStart(ask: Ask): Promise<Reply> {
  try {
    const draft = await startDraft(ask.house, { fields: ask.form, lang: ask.lang, actor: ask.actor, now: ask.now });
    return openOn(ask, draft.code, await placeToGo(ask, draft));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return page(<WhoPage ask={ask} fields={ask.form} faults={error.faults} file={undefined} />, 422);
  }
}

async function showQuestion(ask: Ask): Promise<Reply> {
  const question = questionOf(ask);
  const file = await fileOf(ask);
  if (!file) return redirect("/register");
  if (file.status !== "draft" || !isReachable(file.answers, question)) return redirect(await placeToGo(ask, file));
  return questionPage(question, { ask, file, fields: typedOf(file.answers, question), faults: [] });
}

async function postQuestion(ask: Ask): Promise<Reply> {
  const question = questionOf(ask);
  const file = await fileOf(ask);
  if (!file) return redirect("/register/resume");
  if (file.status !== "draft" || !isReachable(file.answers, question)) return redirect(await placeToGo(ask, file));
  try {
    const saved = await saveAnswer(ask.house, { code: file.code, question, fields: ask.form, now: ask.now });
    return openOn(ask, file.code, await placeToGo(ask, saved));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return questionPage(question, { ask, file, fields: ask.form, faults: error.faults });
  }
}

function questionOf({ params }: Ask): Question {
  const question = QUESTIONS.find((known) => known === params.step);
  if (!question) throw new NotFound("page");
  return question;
}

async function questionPage(question: Question, props: QuestionProps & { file: Declaration }): Promise<Reply> {
  const status = props.faults.length > 0 ? 422 : 200;
  const { ask, file, fields } = props;
  if (question === "address") {
    const places = await addressPlaces(ask, file, fields);
    // A commune found by its old name stands chosen in the list; it is saved when the page is sent.
    const chosen = { ...fields, commune: ask.query.commune ?? fields.commune };
    return page(<AddressPage {...props} fields={chosen} places={places} />, status);
  }
  if (question === "office") return page(<OfficePage {...props} places={await officePlaces(ask, file)} />, status);
  if (question === "phone" || question === "email") {
    const ContactView = question === "phone" ? PhonePage : EmailPage;
    return page(<ContactView {...props} codeMinutes={await waitedMinutes(ask, file, question)} />, status);
  }
  const View = plainPages[question];
  return page(<View {...props} />, status);
}

const open = { who: ["anyone"], purpose: "registration" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: "/register", handle: showStart }),
  pageRoute({ ...open, method: "POST", path: "/register", handle: postStart }),
  pageRoute({ ...open, method: "GET", path: "/register/:step", handle: showQuestion }),
  pageRoute({ ...open, method: "POST", path: "/register/:step", handle: postQuestion }),
];
