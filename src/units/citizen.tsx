import { dayOf } from "../kernel/calendar.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import { FindPage } from "./find-view.tsx";
import { communesOf, provinces } from "./store.ts";
import { facilitiesNear, officesNear } from "./store-near.ts";
import { findOldCommunes } from "./store-old.ts";

/** /find: offices and care facilities near a commune. Open to everybody; what was chosen stands in the address only. */
const OFFICES_MOST = 10;
const FACILITIES_MOST = 30;
const OLD_MOST = 12;

async function find(ask: Ask): Promise<Reply> {
  const { query, now } = ask;
  const { db } = ask.house;
  const on = dayOf(now).toString();
  const all = await provinces(db, on);
  const province = all.find(({ code }) => code === query.province);
  const communes = province ? await communesOf(db, province.code, on) : [];
  const commune = communes.find(({ code }) => code === query.commune);
  const near = { provinceCode: province?.code ?? "", communeCode: commune?.code ?? "", on };
  const oldAsked = query.old?.trim();
  const [offices, facilities, oldFound] = await Promise.all([
    commune ? officesNear(db, near, OFFICES_MOST) : [],
    commune ? facilitiesNear(db, near, FACILITIES_MOST) : [],
    oldAsked ? findOldCommunes(db, oldAsked, on, OLD_MOST) : [],
  ]);
  const found = { offices, facilities, oldAsked, oldFound };
  return page(<FindPage ask={ask} provinces={all} {...{ province, communes, commune }} {...found} />);
}

export const routes: Route[] = [
  pageRoute({ method: "GET", path: "/find", who: ["anyone"], purpose: "none", handle: find }),
];
