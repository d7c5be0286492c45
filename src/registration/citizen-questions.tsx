import type { ComponentType } from "preact";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { communesOf, findOffices, getCommune, provinces } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { fileOf, openOn, placeToGo } from "./citizen-visit.tsx";
import { EmailPage, PhonePage } from "./contact-pages.tsx";
import { saveAnswer, startDraft } from "./draft.ts";
import { AddressPage, OfficePage, type Places } from "./place-pages.tsx";
import type { QuestionProps } from "./question-frame.tsx";
import { BirthPage, InsurancePage, NamePage, PaperPage, WhoPage } from "./question-pages.tsx";
import { isReachable, QUESTIONS, type Question } from "./rules-answers.ts";
import { typedOf } from "./rules-typed.ts";
import type { Declaration } from "./store.ts";

/** The questions of form 01, one a page: GET shows, POST saves and goes to the first one still open. */

const plainPages: Record<Exclude<Question, "address" | "office">, ComponentType<QuestionProps>> = {
  who: WhoPage,
  paper: PaperPage,
  name: NamePage,
  birth: BirthPage,
  insurance: InsurancePage,
  phone: PhonePage,
  email: EmailPage,
};

async function showStart(ask: Ask): Promise<Reply> {
  const file = await fileOf(ask);
  const ongoing = file && { code: file.code, href: placeToGo(file, ask.now) };
  return page(<WhoPage ask={ask} fields={{}} faults={[]} file={undefined} ongoing={ongoing} />);
}

async function postStart(ask: Ask): Promise<Reply> {
  try {
    const draft = await startDraft(ask.house, { fields: ask.form, lang: ask.lang, actor: ask.actor, now: ask.now });
    return openOn(ask, draft.code, placeToGo(draft, ask.now));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return page(<WhoPage ask={ask} fields={ask.form} faults={error.faults} file={undefined} />, 422);
  }
}

async function showQuestion(ask: Ask): Promise<Reply> {
  const question = questionOf(ask);
  const file = await fileOf(ask);
  if (!file) return redirect("/register");
  if (file.status !== "draft" || !isReachable(file.answers, question)) return redirect(placeToGo(file, ask.now));
  return questionPage(question, { ask, file, fields: typedOf(file.answers, question), faults: [] });
}

async function postQuestion(ask: Ask): Promise<Reply> {
  const question = questionOf(ask);
  const file = await fileOf(ask);
  if (!file) return redirect("/register/resume");
  if (file.status !== "draft" || !isReachable(file.answers, question)) return redirect(placeToGo(file, ask.now));
  try {
    const saved = await saveAnswer(ask.house, { code: file.code, question, fields: ask.form, now: ask.now });
    return openOn(ask, file.code, placeToGo(saved, ask.now));
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
  if (question === "address") return page(<AddressPage {...props} places={await addressPlaces(props)} />, status);
  if (question === "office") return page(<OfficePage {...props} places={await officePlaces(props)} />, status);
  const View = plainPages[question];
  return page(<View {...props} />, status);
}

/** The province chosen a moment ago, or that of the address answered before. `?province=` asks for the list. */
async function provinceOf({ ask, file }: { ask: Ask; file: Declaration }, on: string): Promise<string | undefined> {
  const asked = ask.query.province ?? ask.form.province;
  if (asked !== undefined) return asked || undefined;
  const { address } = file.answers;
  if (!address || "old" in address) return undefined;
  return (await getCommune(ask.house.db, address.communeCode, on))?.parentCode ?? undefined;
}

async function addressPlaces(props: QuestionProps & { file: Declaration }): Promise<Places> {
  const { db } = props.ask.house;
  const on = dayOf(props.ask.now).toString();
  const provinceCode = await provinceOf(props, on);
  const communes = provinceCode ? await communesOf(db, provinceCode, on) : [];
  return { provinces: await provinces(db, on), provinceCode, communes, offices: [] };
}

async function officePlaces(props: QuestionProps & { file: Declaration }): Promise<Places> {
  const { db } = props.ask.house;
  const on = dayOf(props.ask.now).toString();
  const provinceCode = await provinceOf(props, on);
  const { address } = props.file.answers;
  const communeCode = address && "communeCode" in address ? address.communeCode : undefined;
  const found = provinceCode ? await findOffices(db, { communeCode, provinceCode, on }) : [];
  const offices = found.filter((office) => office.isNear || office.provinceCode === provinceCode);
  return { provinces: await provinces(db, on), provinceCode, communes: [], offices };
}

const open = { who: ["anyone"], purpose: "registration" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: "/register", handle: showStart }),
  pageRoute({ ...open, method: "POST", path: "/register", handle: postStart }),
  pageRoute({ ...open, method: "GET", path: "/register/:step", handle: showQuestion }),
  pageRoute({ ...open, method: "POST", path: "/register/:step", handle: postQuestion }),
];
