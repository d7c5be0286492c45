import { onePagePdf } from "../one-page-pdf.ts";
import type { PageState } from "./open-pages.ts";
import type { Walk } from "./signed-in.ts";

/** Letters of the roll-out: the one of the demo, at its sender's desk and in the hands of an addressee. */
const list = "/console/letters";

/** The company of the demo's letter, which has opened it and not signed. */
const phone = "84999900728";

/** The code of its message, typed where codes are typed. */
async function opened(walk: Walk): Promise<string> {
  const { request } = await walk.pageOf("stranger");
  const message = walk.app.texts.find(({ to, text }) => to === phone && text.includes("Cong van"));
  const key = /CV(-\w{4}){4}/.exec(message?.text ?? "")?.[0] ?? "";
  const asked = await (await request.get("/letter")).text();
  const token = /name="_token" value="([^"]+)"/.exec(asked)?.[1] ?? "";
  await request.post("/letter", { form: { _token: token, key } });
  return "/letter/receipt";
}

export const openLetterPages: readonly PageState[] = [
  { says: "the box for the code of a letter", route: "/letter", who: "stranger" },
  {
    says: "a letter to be signed for",
    route: "/letter/receipt",
    who: "stranger",
    at: opened,
    scriptBytes: 3000,
  },
];

export const letterPages: PageState[] = [
  { says: "the letters of an office", route: list, who: "officer" },
  {
    says: "a letter that bears a digital signature",
    route: list,
    who: "officer",
    async post(page) {
      const signed = Buffer.concat([onePagePdf(), Buffer.from("% /ByteRange [0 10 20 30]\n%%EOF\n")]);
      const form = page.locator(`form[action="${list}"]`);
      await form.locator("[name=pdf]").setInputFiles({ name: "cv.pdf", mimeType: "application/pdf", buffer: signed });
      await form.evaluate((sent) => (sent as HTMLFormElement).requestSubmit());
    },
  },
  {
    says: "the register of a letter",
    route: `${list}/:id`,
    who: "officer",
    at: (walk) => walk.follow("officer", list, /^\/console\/letters\/\d+$/),
  },
];
