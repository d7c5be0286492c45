import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registry } from "../../../src/app.ts";
import { PASS_COOKIE } from "../../../src/registration/file-pass.ts";
import { type Dice, dice } from "../../dice.ts";
import { openTestHouse, type TestHouse } from "../../house.ts";
import { ask } from "./ask.ts";
import { CANARY, type Cast, gather } from "./cast.ts";
import { ACTORS, type ActorName, type Given, PEOPLES, type Side, type Things } from "./kinds.ts";
import { table } from "./table.ts";

/**
 * Ids are swapped at random in everything that can be read (R26). Each side's names and diagnoses hold a word of their
 * own; whoever reads the other side's word has found a hole. VSSID_SWAPS=50000 asks as often as the goal says.
 */
const SWAPS = Number(process.env.VSSID_SWAPS ?? 2500);
const SEED = Number(process.env.VSSID_SEED ?? 330);

let house: TestHouse;
let cast: Cast;
beforeAll(async () => {
  house = await openTestHouse();
  cast = await gather(house);
}, 60_000);
afterAll(() => house.close());

/** Whose word each actor may read. Everybody else may read neither. */
const mayRead: Partial<Record<ActorName, Side>> = {
  ward: "W",
  acting: "W",
  citizen: "A",
  officer: "A",
  supervisor: "A",
  coordinator: "A",
  leader: "A",
  neighbour: "B",
  otherOfficer: "B",
};

/** A person of the register, and a link of two, belong to no office: any counter may look, which is on record each time. */
const isOfNoOffice = (route: string, actor: ActorName) =>
  /^GET \/console\/(guardians|persons)(\/:person|\/links|$)/.test(route) && /officer|supervisor/i.test(actor);
/** Before turning to the ward's record a guardian is told of whom it is, by name. */
const isOwnFamily = (route: string, actor: ActorName, side: Side) =>
  /^GET (\/app\/family|\/api\/v1\/me\/wards)$/.test(route) && actor === "guardian" && side === "W";

/** The ids of both sides, each in any place where one stands. The pass is left out: with it the file is one's own. */
function swapped(things: Record<Side, Things>, { pick }: Dice, given: Given): Given {
  const of = (...kinds: ((one: Things) => string)[]) =>
    pick(kinds.flatMap((kind) => PEOPLES.map((side) => kind(things[side]))));
  const any = () =>
    of(
      ({ code }) => code,
      ({ copy }) => copy.code,
      ({ copy }) => copy.copyId,
      ({ visitId }) => visitId,
      ({ noticeId }) => noticeId,
      ({ publicId }) => publicId,
      ({ personId }) => personId,
      ({ photo }) => photo.photoId,
      ({ linkId }) => linkId,
      ({ mergeId }) => mergeId,
      ({ insuranceNumber }) => insuranceNumber,
    );
  const right: Record<string, () => string> = {
    id: () =>
      of(
        ({ visitId }) => visitId,
        ({ noticeId }) => noticeId,
        ({ inboxId }) => inboxId,
        ({ taskId }) => taskId,
        ({ publicId }) => publicId,
        ({ mergeId }) => mergeId,
      ),
    photo: () => of(({ photo }) => photo.photoId),
    link: () => of(({ linkId }) => linkId),
    code: () =>
      of(
        ({ code }) => code,
        ({ copy }) => copy.code,
        ({ photo }) => photo.code,
      ),
    copy: () => of(({ copy }) => copy.copyId),
    patient: () => of(({ publicId }) => publicId),
    fact: () => of(({ visitId }) => visitId),
  };
  const draw = ([name]: [string, string]): [string, string] => [
    name,
    pick([true, true, true, false]) ? (right[name] ?? any)() : any(),
  ];
  const params = { code: "", id: "", copy: "", ...given.params };
  const fixed = { step: "name", fund: "bhxh", month: "2026-01", about: "visit", year: "2026" };
  const drawn = (texts: Record<string, string>) =>
    Object.fromEntries(Object.entries(texts).map((one) => (one[0] in fixed ? one : draw(one))));
  return { params: drawn(params), query: drawn(given.query ?? {}) };
}

describe("ids swapped at random", () => {
  it(`show nobody a word of the other side, ${SWAPS} times (seed ${SEED})`, { timeout: 3_600_000 }, async () => {
    const drawn = dice(SEED);
    const { pick } = drawn;
    const readable = registry.filter(({ method }) => method === "GET");
    const named = readable.filter(({ method, path }) => /[:{]/.test(path) || table[`${method} ${path}`]?.given);
    const things = {
      A: await cast.thingsOf("citizen", "A", "received", false),
      B: await cast.thingsOf("citizen", "B", "received", false),
      W: await cast.thingsOf("citizen", "W", "received", false),
    };
    const tokens = new Map<ActorName, string | undefined>();
    for (const actor of ACTORS) tokens.set(actor, await cast.signIn(actor));
    const holes: string[] = [];
    let own = 0;
    for (let nth = 0; nth < SWAPS; nth += 1) {
      const route = pick(nth % 4 ? named : readable);
      const actor = pick(ACTORS);
      const name = `${route.method} ${route.path}`;
      const given = swapped(things, drawn, table[name]?.given?.(pick([things.A, things.B, things.W])) ?? {});
      const forged = pick([things.B.pass, `${things.B.code}.1.x`]);
      const request = { ...given, cookies: { [PASS_COOKIE]: forged }, headers: { "x-file-token": forged } };
      const { body, statusCode } = await ask(house, route, tokens.get(actor), things.A, request, cast.wardOf(actor));
      for (const side of PEOPLES) {
        if (!body.includes(CANARY[side])) continue;
        if (isOfNoOffice(name, actor) || isOwnFamily(name, actor, side)) continue;
        if (mayRead[actor] === side) own += 1;
        else holes.push(`${actor} read ${side}'s at ${name} ${JSON.stringify(given)} (${statusCode})`);
      }
      if (statusCode >= 500) holes.push(`${name} ${JSON.stringify(given)} answered ${statusCode}`);
    }
    expect(holes).toEqual([]);
    // The words can be found at all: whoever may read them does.
    expect(own).toBeGreaterThan(SWAPS / 250);
  });
});
