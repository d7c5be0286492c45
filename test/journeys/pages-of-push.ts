import type { PageState } from "./open-pages.ts";
import type { Walk } from "./signed-in.ts";

/** Notices on devices: off, asked for without what is needed, and on. */
export const pagesOfPush: readonly PageState[] = [
  { says: "notices on this device, off", route: "/account/push", who: "worker", scriptBytes: 5000 },
  {
    says: "notices on this device, asked for by a browser that gives nothing",
    route: "/account/push",
    who: "worker",
    scriptBytes: 5000,
    post: (page) =>
      page.locator('form[action="/account/push"]').evaluate((form) => (form as unknown as { submit(): void }).submit()),
  },
  { says: "notices on this device, on", route: "/account/push", who: "pensioner", at: isOn, scriptBytes: 5000 },
];

/** Switched on beside the page, with a browser of the push service. */
async function isOn({ app, pageOf }: Walk): Promise<string> {
  const { request } = await pageOf("pensioner");
  const shown = await (await request.get("/account/push")).text();
  const key = /data-key="([^"]+)"/.exec(shown)?.[1];
  if (key) {
    const _token = /name="_token" value="([^"]+)"/.exec(shown)?.[1] ?? "";
    const subscription = JSON.stringify(app.push.browser(key).subscription);
    await request.post("/account/push", { form: { _token, subscription } });
  }
  return "/account/push";
}
