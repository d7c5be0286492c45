import { randomInt } from "node:crypto";
import { lookAtUnit, unitsOn } from "../drive/look.ts";
import type { Unit } from "../drive/rules.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Forbidden, Invalid, NotAllowed, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { SIGNS } from "../kernel/file-code.ts";
import { policyOn } from "../policy/store.ts";
import { type FieldFault, sentencesOf } from "../ui/index.ts";
import { getOffice, type Office } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { CampaignHome } from "./home-view.tsx";
import { renderDeskList, renderSheet } from "./papers.ts";
import { dropBroadcast, dropDesk, giveNumber, noteBroadcast, planBroadcast, planDesk } from "./plan.ts";
import { isPreview, LENGTHS, readingRate, readingSeconds, syllablesOf } from "./rules.ts";
import { addScan, broadcastsOf, desksOf, getDesk, markFor, numbersOf, scansOf } from "./store.ts";
import { CampaignPage, type Script } from "./unit-view.tsx";
import { words } from "./words.ts";
import { scriptOf } from "./words-script.ts";

/** The desk's campaign pages, and the short address of a poster. */
const desk = { who: ["officer", "supervisor", "coordinator", "leader"], purpose: "rollout" } as const;
const acting = { ...desk, who: ["officer", "supervisor", "coordinator"] } as const;
const HOME = "/console/campaign";

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: HOME, handle: showHome }),
  pageRoute({ ...acting, method: "POST", path: `${HOME}/:unit/:act`, handle: postAct }),
  pageRoute({
    ...desk,
    method: "GET",
    path: `${HOME}/:unit/:act`,
    handle: (ask) => redirect(hrefOf(ask.params.unit ?? "")),
  }),
  pageRoute({ ...desk, method: "GET", path: `${HOME}/:unit/papers/:paper`, handle: printPaper }),
  pageRoute({
    method: "GET",
    path: "/q/:mark",
    who: ["anyone"],
    purpose: "none",
    leavesNoCookie: true,
    handle: countAndForward,
  }),
];

const hrefOf = (unit: string) => `${HOME}?unit=${encodeURIComponent(unit)}`;
const RECENT_DAYS = 28;
const SHOWN = 40;

async function deskOf(ask: Ask): Promise<{ staff: Staff; officeName: string | undefined }> {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  const office = officesAtWork(ask.actor)[0];
  return { staff: ask.actor, officeName: office ? (await getOffice(ask.house.db, office))?.name : undefined };
}

const daysAgo = (ask: Ask, days: number) => dayOf(ask.now).subtract({ days }).toString();

/** With one unit in sight there is nothing to choose. */
async function showHome(ask: Ask): Promise<Reply> {
  const { staff, officeName } = await deskOf(ask);
  const { db } = ask.house;
  const today = dayOf(ask.now).toString();
  const units = new Map((await unitsOn(db, staff, today)).map((unit) => [unit.code, unit]));
  const asked = ask.query.unit?.trim().toUpperCase() ?? "";
  const [only] = units.size === 1 ? units.keys() : [];
  const chosen = asked || only;
  if (chosen && units.has(chosen)) return showUnit(ask, chosen, "", [], 200);
  const faults = asked ? [{ field: "unit", text: words(ask.lang).home.unknown }] : [];
  const codes = [...units.keys()];
  const desks = await desksOf(db, codes, today, SHOWN);
  const scans = await scansOf(db, codes, daysAgo(ask, RECENT_DAYS - 1));
  const view = <CampaignHome {...{ ask, officeName, units, desks, faults }} scans={scans.slice(0, SHOWN)} />;
  return page(view, asked ? 404 : 200);
}

async function showUnit(
  ask: Ask,
  code: string,
  act: string,
  faults: readonly FieldFault[],
  status: number,
): Promise<Reply> {
  const { staff, officeName } = await deskOf(ask);
  const { db } = ask.house;
  const { unit, rights } = await lookAtUnit(db, staff, code, ask.now);
  const rate = await policyOn(db, readingRate, dayOf(ask.now));
  const since = new Date(ask.now.getTime() - 90 * 86_400_000);
  const view = (
    <CampaignPage
      {...{ ask, officeName, unit, rights, act, faults, typed: ask.form, syllablesPerMinute: rate }}
      scripts={scriptsOf(unit, await officeOf(ask, unit), rate)}
      broadcasts={await broadcastsOf(db, [code], since, SHOWN)}
      desks={await desksOf(db, [code], dayOf(ask.now).toString(), SHOWN)}
      scans={await scansOf(db, [code], daysAgo(ask, RECENT_DAYS - 1))}
    />
  );
  return page(view, status);
}

async function officeOf(ask: Ask, unit: Unit): Promise<Office> {
  const office = await getOffice(ask.house.db, unit.officeCode);
  if (!office) throw new NotFound("office");
  return office;
}

function scriptsOf(unit: Unit, office: Office, rate: number): Script[] {
  const facts = {
    unitName: unit.name,
    officeName: office.name,
    hours: office.openingHours,
    phone: office.phone,
  };
  return LENGTHS.map((length) => {
    const paragraphs = scriptOf(length, facts);
    const text = paragraphs.join(" ");
    return { length, paragraphs, seconds: readingSeconds(text, rate), syllables: syllablesOf(text) };
  });
}

type Act = (ask: Ask, staff: Staff, unit: string) => Promise<string>;

const saved =
  (work: typeof planDesk, flash: "saved" | "cancelled" = "saved"): Act =>
  async (ask, staff, unit) => {
    await work(ask.house, staff, unit, ask.form);
    return words(ask.lang).flash[flash];
  };

const acts: Record<string, Act> = {
  broadcast: saved(planBroadcast),
  "broadcast-aired": saved(noteBroadcast),
  "broadcast-cancel": saved(dropBroadcast, "cancelled"),
  desk: saved(planDesk),
  "desk-cancel": saved(dropDesk, "cancelled"),
  async "desk-number"(ask, staff, unit) {
    return words(ask.lang).desk.given(await giveNumber(ask.house, staff, unit, ask.form));
  },
};

async function postAct(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const { unit = "", act = "" } = ask.params;
  const work = Object.hasOwn(acts, act) ? acts[act] : undefined;
  if (!work) throw new NotFound("page");
  try {
    return redirect(hrefOf(unit), await work(ask, staff, unit));
  } catch (failure) {
    const said = words(ask.lang).faults;
    if (failure instanceof Invalid) return showUnit(ask, unit, act, sentencesOf(failure.faults, said), 422);
    if (!(failure instanceof Conflict) && !(failure instanceof NotAllowed)) throw failure;
    const text = (said as Record<string, string>)[failure.code];
    if (!text) throw failure;
    return showUnit(ask, unit, act, [{ field: "main", text }], failure.status);
  }
}

const MARK_SIGNS = 6;
const newMark = () => Array.from({ length: MARK_SIGNS }, () => SIGNS[randomInt(SIGNS.length)]).join("");

/** poster-a4, poster-a3, leaflet-a4, leaflet-a3, or desk- and its id: the list of numbers. */
async function printPaper(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const { unit: code = "", paper: asked = "" } = ask.params;
  const { db, settings } = ask.house;
  const { unit, rights } = await lookAtUnit(db, staff, code, ask.now);
  const isMadeUp = settings.profile === "demo";
  const deskId = /^desk-([\da-f-]{36})$/.exec(asked)?.[1];
  if (deskId) {
    const found = await getDesk(db, code, deskId);
    const numbers = await numbersOf(db, deskId);
    const bytes = renderDeskList({ desk: found, unitName: unit.name, numbers, lang: ask.lang, isMadeUp });
    return pdf(bytes, `so-thu-tu-${found.onDay}.pdf`);
  }
  const [, paper, size] = /^(poster|leaflet)-(a3|a4)$/.exec(asked) ?? [];
  if ((paper !== "poster" && paper !== "leaflet") || (size !== "a3" && size !== "a4")) throw new NotFound("paper");
  if (!rights.campaigns) throw new Forbidden();
  const mark = await markFor(db, code, paper, { mark: newMark(), at: ask.now });
  const address = `${settings.baseUrl}/q/${mark}`;
  const office = await officeOf(ask, unit);
  return pdf(renderSheet({ paper, size, unitName: unit.name, office, address, isMadeUp }), `${asked}-${code}.pdf`);
}

const pdf = (bytes: Buffer, name: string): Reply => ({ kind: "bytes", type: "application/pdf", bytes, name });

/** Counts one scan of that day and goes to the portal. Nothing of who scans is read, kept or set. */
async function countAndForward(ask: Ask): Promise<Reply> {
  const mark = ask.params.mark ?? "";
  if (/^[2-9A-Z]{6}$/.test(mark) && !isPreview(ask.headers["user-agent"])) {
    await addScan(ask.house.db, mark, dayOf(ask.now).toString());
  }
  return redirect("/");
}
