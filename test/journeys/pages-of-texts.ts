import type { Page } from "@playwright/test";
import type { PageState } from "./open-pages.ts";
import type { Walk } from "./signed-in.ts";

/** The words of messages: read, written, looked at before they are kept, and waiting for a second person. */
const text = "/console/texts/ward_of_age";
const list = "/console/texts";
const edit = "/console/texts/:template/:lang/edit";
const version = "/console/texts/:template/:lang/:version";

const press = (value: string) => (page: Page) => page.locator(`main button[name=act][value=${value}]`).click();

/** Words of the supervisor that wait for the second person. */
async function waiting(walk: Walk): Promise<string> {
  waitingAt ||= await propose(walk);
  return waitingAt;
}
let waitingAt = "";

async function propose(walk: Walk): Promise<string> {
  const { request } = await walk.pageOf("supervisor");
  const form = await (await request.get(`${text}/vi/edit`)).text();
  const token = /name="_token" value="([^"]+)"/.exec(form)?.[1] ?? "";
  const words = {
    sms: "VssID miễn phí. Từ {day} người giám hộ không còn xem hồ sơ BHXH của Ông/Bà. Nhận mã kích hoạt tại cơ quan BHXH.",
    subject: "Từ {day}, hồ sơ là của riêng Ông/Bà",
    body: "Từ {day}, người giám hộ không còn xem hồ sơ của Ông/Bà.",
    push: "Hồ sơ sắp là của riêng Ông/Bà. Mở ứng dụng để xem.",
  };
  const saved = await request.post(`${text}/vi/edit`, {
    form: { _token: token, from: "1", note: "Ngắn hơn", act: "save", ...words },
    maxRedirects: 0,
  });
  const href = saved.headers().location ?? "";
  await request.post(`${href}/proposal`, { form: { _token: token }, maxRedirects: 0 });
  return href;
}

export const textPages: PageState[] = [
  { says: "the texts of messages", route: list, who: "supervisor" },
  { says: "one text", route: "/console/texts/:template", who: "supervisor", at: text },
  { says: "the form of new words", route: edit, who: "supervisor", at: `${text}/vi/edit` },
  {
    says: "new words that are the old ones",
    route: edit,
    who: "supervisor",
    at: `${text}/en/edit`,
    post: press("save"),
  },
  {
    says: "new words as they would arrive",
    route: edit,
    who: "supervisor",
    at: `${text}/vi/edit`,
    post: press("preview"),
    status: 200,
  },
  { says: "the built-in words", route: version, who: "supervisor", at: `${text}/vi/1` },
  { says: "words that wait for somebody else", route: version, who: "supervisor", at: waiting },
  { says: "words that wait for me", route: version, who: "chief", at: waiting },
  {
    says: "words turned down without a reason",
    route: `${version}/refusal`,
    who: "chief",
    at: waiting,
    post: (page) => page.locator('main form[action$="/refusal"] button').click(),
  },
];
