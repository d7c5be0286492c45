import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { fileOf, placeToGo } from "./citizen-visit.tsx";
import { standingOf } from "./standing.ts";
import { AccountPage, NumberOfAnotherPage, OpenPage, UnclearPage } from "./standing-pages.tsx";

/** Plain pages for what stands in the way of confirming, each with what to do. */
async function showStanding(ask: Ask): Promise<Reply> {
  const file = await fileOf(ask);
  if (!file) return redirect("/register/resume");
  if (file.status !== "draft") return redirect(await placeToGo(ask, file));
  const standing = await standingOf(ask.house, file, ask.now);
  switch (standing.kind) {
    case "clear":
      return redirect(await placeToGo(ask, file));
    case "unclear":
      return page(<UnclearPage ask={ask} isPhoneProved={file.phoneProvedAt !== null} />);
    case "account":
      return page(<AccountPage ask={ask} />);
    case "open": {
      const office = standing.officeCode ? await getOffice(ask.house.db, standing.officeCode) : undefined;
      return page(<OpenPage ask={ask} standing={standing} officeName={office?.name} />);
    }
  }
}

const get = { who: ["anyone"], purpose: "registration", method: "GET" } as const;

export const routes: Route[] = [
  pageRoute({ ...get, path: "/register/standing", rate: "guess", handle: showStanding }),
  pageRoute({ ...get, path: "/register/number-of-another", handle: (ask) => page(<NumberOfAnotherPage ask={ask} />) }),
];
