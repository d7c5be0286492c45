import { expect, test } from "../fixtures.ts";
import { answer, answerFrom, confirm, isAtQuestion, next, tick } from "../pages/declare.ts";
import { accountless } from "../pages/papers-people.ts";

/** Budgets of form 01, for somebody who leaves out what may be left out: issue of the paper, e-mail. */
const pagesAtMost = 11;
const keysAtMost = 90;
const chosen = /^(_token|for_whom|paper_kind|sex|province|commune|office|way|act)/;

test("form 01 from its first question to its receipt is eleven pages, and ninety keys at most are pressed", async ({
  page,
}) => {
  const person = accountless.short;
  const pages = new Set<string>();
  const typed = new Map<string, string>();
  page.on("response", (answered) => {
    const { pathname } = new URL(answered.url());
    if (answered.status() === 200 && pathname.startsWith("/register")) pages.add(pathname);
  });
  page.on("request", (asked) => {
    if (asked.method() !== "POST") return;
    for (const [name, value] of new URLSearchParams(asked.postData() ?? "")) {
      if (!chosen.test(name) && value) typed.set(name, value);
    }
  });
  await answer.who(page);
  await isAtQuestion(page, 2, "Giấy tờ tùy thân");
  await tick(page.getByRole("radio", { name: "Căn cước hoặc căn cước công dân" }));
  await page.getByLabel("Số giấy tờ").fill(person.idNumber);
  await next(page);
  await answerFrom(page, person, "name");
  await confirm(page);
  expect([...pages].length, [...pages].join(" ")).toBeLessThanOrEqual(pagesAtMost);
  expect([...typed.values()]).toEqual(expect.arrayContaining([person.idNumber, person.name, person.phone]));
  const keys = [...typed.values()].reduce((sum, value) => sum + keysOf(value), 0);
  expect(keys, JSON.stringify([...typed])).toBeLessThanOrEqual(keysAtMost);
});

/** As the keyboard of a telephone types Vietnamese: a key for each letter and each mark, two for đ. */
const keysOf = (text: string): number => text.normalize("NFD").replaceAll(/đ/gi, "dd").length;
