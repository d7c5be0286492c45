import { dayOf } from "../kernel/calendar.ts";
import { communesOf, findOffices, getCommune, provinces } from "../units/store.ts";
import { findOldCommunes, type Successor, successorsOf } from "../units/store-old.ts";
import type { Ask } from "../web/route.ts";
import { methodsOn } from "./find-method.ts";
import type { AddressPlaces, OfficePlaces } from "./place-pages.tsx";
import { placeOf } from "./rules-answers.ts";
import type { Fields } from "./rules-parse.ts";
import type { Declaration } from "./store.ts";

/** The lists of places that a page shows: what `?province=`, `?old=` and `?named=` ask for, else what was answered. */
const OLD_AT_MOST = 12;
const OFFICES_AT_MOST = 20;

export async function addressPlaces(ask: Ask, file: Declaration, fields: Fields): Promise<AddressPlaces> {
  const { db } = ask.house;
  const on = dayOf(ask.now).toString();
  const provinceCode = await provinceOf(ask, file, on);
  const oldAsked = ask.query.old?.trim();
  return {
    provinces: await provinces(db, on),
    provinceCode,
    communes: provinceCode ? await communesOf(db, provinceCode, on) : [],
    oldAsked,
    oldFound: oldAsked ? await findOldCommunes(db, oldAsked, on, OLD_AT_MOST) : [],
    before: await beforeOf(ask, fields, on),
  };
}

/** The old commune that stands in the address of the page or in the form, where it really led to the chosen one. */
async function beforeOf(ask: Ask, fields: Fields, on: string): Promise<Successor | undefined> {
  const code = ask.query.before ?? fields.old_commune;
  const commune = ask.query.commune ?? fields.commune;
  const found = code ? await successorsOf(ask.house.db, code, on) : [];
  return found.find(({ next }) => next.code === commune);
}

export async function officePlaces(ask: Ask, file: Declaration): Promise<OfficePlaces> {
  const { db } = ask.house;
  const today = dayOf(ask.now);
  const on = today.toString();
  const provinceCode = await provinceOf(ask, file, on);
  const named = ask.query.named?.trim() || undefined;
  const communeCode = placeOf(file.answers.address)?.communeCode;
  const found =
    provinceCode || named ? await findOffices(db, { communeCode, provinceCode, named, takesFiles: true, on }) : [];
  const offices = named ? found : found.filter((one) => one.isNear || one.provinceCode === provinceCode);
  return {
    provinces: await provinces(db, on),
    provinceCode,
    offices: offices.slice(0, OFFICES_AT_MOST),
    named,
    methods: await methodsOn(db, today),
  };
}

/** The province chosen a moment ago, or that of the address answered before. */
async function provinceOf(ask: Ask, file: Declaration, on: string): Promise<string | undefined> {
  const asked = ask.query.province ?? ask.form.province;
  if (asked !== undefined) return asked || undefined;
  const place = placeOf(file.answers.address);
  return place && ((await getCommune(ask.house.db, place.communeCode, on))?.parentCode ?? undefined);
}
