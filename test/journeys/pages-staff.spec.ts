import { notPages, pageRows } from "./page-rows.ts";
import { expect, test } from "./signed-in.ts";
import { staffStates, states, walkPages } from "./walk-pages.ts";

test.use({ people: "demo" });

test("every page of the registry is in these walks, and what is not a page answers with something else", async ({
  walk,
}) => {
  const walked = new Set(states.map(({ route }) => route));
  const rows = await pageRows();
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((path) => !walked.has(path) && !notPages.has(path))).toEqual([]);
  const officer = await walk.pageOf("officer");
  for (const [path, asked = path] of notPages) {
    const answer = await officer.request.get(asked, { maxRedirects: 0 });
    const isPage = answer.status() === 200 && /html/.test(answer.headers()["content-type"] ?? "");
    expect(isPage, path).toBe(false);
  }
});

walkPages(staffStates);
