import type { Page } from "@playwright/test";
import type { PageState } from "./open-pages.ts";
import { hasHandedInFor } from "./pages/backstage.ts";
import { areKnown, bong, ru } from "./pages/family.ts";
import type { Walk } from "./signed-in.ts";

/** Pages of guardians: their family, the record of a child, and the counter's links. */
const submitMain = (button: string) => (page: Page) => page.getByRole("main").locator(button).first().click();

/** The number of the demo's child, who is linked to her father. */
const childNumber = "9800000003";

const acting = ["/app", "/app/visits", "/app/looks", "/app/more", "/app/family", "/account/devices"] as const;

const family: PageState[] = [
  { says: "the family of the worker", route: "/app/family", who: "worker" },
  { says: "the family of nobody", route: "/app/family", who: "nobody" },
  ...acting.map((route) => ({ says: `${route} while acting for a child`, route, who: "guardian" as const })),
];

const counter: PageState[] = [
  { says: "the search for links", route: "/console/guardians", who: "officer" },
  {
    says: "links of a number that nobody has",
    route: "/console/guardians",
    who: "officer",
    post: submitMain("form button.button"),
  },
  { says: "the links of a child", route: "/console/guardians/:person", who: "officer", at: thePerson },
  {
    says: "a guardian to be added",
    route: "/console/guardians/:person/links",
    who: "officer",
    at: async (walk) => `${await thePerson(walk)}/links`,
  },
  {
    says: "a guardian added with nothing filled in",
    route: "/console/guardians/:person/links",
    who: "officer",
    at: async (walk) => `${await thePerson(walk)}/links`,
    post: submitMain("form button.button"),
  },
  { says: "one link", route: "/console/guardians/links/:link", who: "officer", at: theLink },
  {
    says: "a block without a reason",
    route: "/console/guardians/links/:link/block",
    who: "officer",
    at: theLink,
    async post(page) {
      await page.getByRole("main").locator("details summary").first().click();
      await page.locator('form[action$="/block"] button').click();
    },
  },
  {
    says: "the guardian of a file",
    route: "/console/files/:code/guardian",
    who: "colleague",
    at: async (walk) => `${await childsFile(walk)}/guardian`,
  },
  {
    says: "the guardian of a file with nothing filled in",
    route: "/console/files/:code/guardian",
    who: "colleague",
    at: async (walk) => `${await childsFile(walk)}/guardian`,
    post: submitMain("form button.button"),
  },
  { says: "a child's file without a guardian", route: "/console/files/:code", who: "colleague", at: childsFile },
];

export const guardianPages: readonly PageState[] = [...family, ...counter];

async function thePerson(walk: Walk): Promise<string> {
  const page = await walk.pageOf("officer");
  await page.goto("/console/guardians");
  await page.locator("[name=number]").fill(childNumber);
  await page.getByRole("main").locator("form button.button").click();
  await page.waitForURL(/guardians\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

async function theLink(walk: Walk): Promise<string> {
  return walk.follow("officer", await thePerson(walk), /\/console\/guardians\/links\/[0-9a-f-]{36}$/);
}

const files = new WeakMap<Walk, Promise<string>>();

/** Handed in once, at the desk of an officer with a free hand. */
function childsFile(walk: Walk): Promise<string> {
  const known = files.get(walk) ?? handInChild(walk);
  files.set(walk, known);
  return known;
}

async function handInChild(walk: Walk): Promise<string> {
  await areKnown(walk.app);
  return `/console/files/${await hasHandedInFor(await walk.pageOf("colleague"), bong, ru.name)}`;
}
