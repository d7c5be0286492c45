import { type PageState, submit } from "./open-pages.ts";
import { tick } from "./pages/declare.ts";
import { fileOf, type Walk } from "./signed-in.ts";

/** The counter beyond one officer: the queue narrowed, a proposal without reasons, the second pair of eyes. */
const doubted = "Nguyễn Thị Thương";
const unlike = "Võ Thị Hương";
const file = (name: string) => (walk: Walk) => fileOf(walk, name);

export const counterPages: readonly PageState[] = [
  {
    says: "the queue narrowed by holder and name",
    route: "/console",
    who: "officer",
    at: "/console?show=received&holder=nobody&name=thuong",
  },
  { says: "the queue of forms that come in batches", route: "/console", who: "officer", at: "/console?way=batch" },
  {
    says: "a paper that is older than the books",
    route: "/console/files/:code",
    who: "officer",
    at: async (walk) => `${await fileOf(walk, unlike)}?print=2`,
  },
  { says: "files that wait for a second person", route: "/console", who: "chief", at: "/console?show=second" },
  { says: "a file that I proposed", route: "/console/files/:code", who: "officer", at: file(doubted) },
  { says: "a file that waits for me", route: "/console/files/:code", who: "chief", at: file(doubted) },
  {
    says: "a file sent back without words",
    route: "/console/files/:code/second-look",
    who: "chief",
    at: file(doubted),
    async post(page) {
      await page.locator("form.decide button[value=send_back]").click();
    },
  },
  {
    says: "a proposal without source and reason",
    route: "/console/files/:code/proposal",
    who: "officer",
    at: file(unlike),
    async post(page) {
      await page.locator("form.decide button").first().click();
    },
  },
  {
    says: "a second paper that cannot be read",
    route: "/console/files/:code/reading",
    who: "officer",
    at: async (walk) => `${await fileOf(walk, unlike)}/reading`,
    async post(page) {
      await tick(page.locator("[name=another_paper]"));
      await page.locator("[name=id_number]").fill("1");
      await submit(page);
    },
  },
];
