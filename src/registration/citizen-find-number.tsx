import { Invalid } from "../kernel/failures.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { fileOf } from "./citizen-visit.tsx";
import { findNumber } from "./find-number.ts";
import { FindNumberPage, NumberSentPage } from "./find-number-page.tsx";
import { typedOf } from "./rules-typed.ts";

/** A forgotten mã số BHXH: asked for with paper, name and birth date, sent to the phone in the register or nowhere. */
async function showFindNumber(ask: Ask): Promise<Reply> {
  const answers = (await fileOf(ask))?.answers ?? {};
  const fields = { ...typedOf(answers, "paper"), ...typedOf(answers, "name"), ...typedOf(answers, "birth") };
  return page(<FindNumberPage ask={ask} fields={fields} faults={[]} />);
}

async function postFindNumber(ask: Ask): Promise<Reply> {
  const { house, form: fields, address, lang, now } = ask;
  try {
    await findNumber(house, { fields, address, lang, now });
    return redirect("/insurance-number/sent");
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return page(<FindNumberPage ask={ask} fields={fields} faults={error.faults} />, 422);
  }
}

async function showSent(ask: Ask): Promise<Reply> {
  const file = await fileOf(ask);
  return page(<NumberSentPage ask={ask} isDeclaring={file?.status === "draft"} />);
}

const open = { who: ["anyone"], purpose: "registration" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: "/insurance-number", handle: showFindNumber }),
  pageRoute({ ...open, method: "POST", path: "/insurance-number", rate: "guess", handle: postFindNumber }),
  pageRoute({ ...open, method: "GET", path: "/insurance-number/sent", handle: showSent }),
];
