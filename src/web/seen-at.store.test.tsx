import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { Layout } from "../ui/index.ts";
import { formTokenFor } from "./form-token.ts";
import { type Ask, page, pageRoute, type Route } from "./route.ts";
import { createWeb } from "./server.ts";

const shown = (ask: Ask) => page(<Layout {...{ ask, face: "portal", title: "Trang" }}>nội dung</Layout>);
const once = (ask: Ask) => shown({ ...ask, seenAt: undefined });
const open = { who: ["anyone"], purpose: "none" } as const;
const get = { ...open, method: "GET", handle: shown } as const;
const post = { ...open, method: "POST", handle: shown } as const;

const routes: Route[] = [
  pageRoute({ ...get, path: "/places" }),
  pageRoute({ ...post, path: "/places" }),
  pageRoute({ ...get, path: "/questions/:step" }),
  pageRoute({ ...post, path: "/questions/phone", isStep: true }),
  pageRoute({ ...post, path: "/questions/confirmation" }),
  pageRoute({ ...post, path: "/questions/phone/sending" }),
  pageRoute({ ...post, path: "/codes", handle: once }),
];

let house: TestHouse;
let web: FastifyInstance;
beforeAll(async () => {
  house = await openTestHouse();
  web = await createWeb(house, routes, async () => anyone);
});
afterAll(async () => {
  await web.close();
  await house.close();
});

async function send(url: string, referer?: string, token?: string) {
  const { body } = await web.inject({
    method: "POST",
    url,
    headers: {
      host: "localhost",
      cookie: "vssid_visitor=khach",
      "content-type": "application/x-www-form-urlencoded",
      ...(referer ? { referer } : {}),
    },
    payload: new URLSearchParams({ _token: token ?? formTokenFor(house.vault, "khach"), says: "đã gõ" }).toString(),
  });
  return body;
}

/** Where the language, the size of the text and a reload lead. */
const leads = (body: string) => [
  /<a class="language" href="([^"]*)"/.exec(body)?.[1]?.replaceAll("&amp;", "&"),
  /name="back" value="([^"]*)"/.exec(body)?.[1],
  /id="stay" data-answers="([^"]*)"/.exec(body)?.[1],
];

describe("a page that answers a form leads back to an address that answers a link", () => {
  it.each([
    ["its own, where that has a page", "/places", undefined, "/places"],
    ["its own with what was asked there", "/places", "http://localhost/places?province=52", "/places?province=52"],
    ["its own under a pattern", "/questions/phone", "http://localhost/questions/phone", "/questions/phone"],
    [
      "the form's, where its own has none",
      "/questions/phone/sending",
      "http://localhost/questions/phone",
      "/questions/phone",
    ],
    [
      "the form's, where its own is only sent to, though a pattern fits it",
      "/questions/confirmation",
      "http://localhost/questions/phone",
      "/questions/phone",
    ],
  ])("%s", async (_what, url, referer, to) => {
    const query = to.includes("?") ? "&" : "?";
    expect(leads(await send(url, referer))).toEqual([`${to}${query}lang=en`, to, to]);
  });

  it.each([
    ["nobody says where the form stood", "/questions/phone/sending", undefined],
    ["the form stood on an answer like this", "/questions/phone/sending", "http://localhost/questions/phone/sending"],
    ["another site is named", "/questions/phone/sending", "https://khac.example/places"],
    ["what is named is no address", "/questions/phone/sending", "places"],
    ["it is shown once", "/codes", "http://localhost/places"],
  ])("and offers nothing that would lead away where %s", async (_what, url, referer) => {
    const body = await send(url, referer);
    expect(leads(body)).toEqual([undefined, undefined, undefined]);
    expect(body).toMatch(/<form [^>]*class="form text-size" hidden/);
    expect(body).toContain('<script type="module" src="/stay.js" id="stay">');
  });

  it("a page that keeps what was typed in an old session is one of those", async () => {
    const body = await send("/places", "http://localhost/places", "of-another-session");
    expect(body).toContain('name="says" value="đã gõ"');
    expect(leads(body)).toEqual([undefined, undefined, undefined]);
  });

  it("a page of a link leads to itself, and is not replaced", async () => {
    const { body } = await web.inject({ url: "/places?province=52" });
    expect(leads(body)).toEqual(["/places?province=52&lang=en", "/places?province=52", undefined]);
    expect(body).not.toContain("<script");
  });
});
