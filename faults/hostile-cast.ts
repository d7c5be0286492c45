/** The made-up people of the access table, as hostile senders: their sessions, their whole requests, their canaries. */
import { registry } from "../src/app.ts";
import { formTokenFor } from "../src/web/form-token.ts";
import type { TestHouse } from "../test/house.ts";
import { CANARY, type Cast } from "../test/store/access/cast.ts";
import { isLet } from "../test/store/access/judge.ts";
import { ACTORS, type ActorName, type Given, type Side, type Things } from "../test/store/access/kinds.ts";
import { isOfNoOffice, mayReadSide } from "../test/store/access/may-read.ts";
import { table } from "../test/store/access/table.ts";
import { renderQuery } from "./hostile-address.ts";
import type { Base } from "./hostile-bases.ts";
import type { Canary } from "./hostile-judge.ts";
import type { Session } from "./hostile-shots.ts";

export const routeNames = registry.map(({ method, path }) => `${method} ${path}`);

export async function sessionOf(house: TestHouse, cast: Cast, actor: ActorName): Promise<Session> {
  const token = await cast.signIn(actor);
  const ward = cast.wardOf(actor);
  const visitor = token ?? "khach";
  return {
    token,
    visitor,
    formToken: formTokenFor(house.vault, visitor, ward?.personId),
    wardPublicId: ward?.publicId,
  };
}

/** For every address and everybody whom the table lets in, a request that goes through; for the others one as it stands. */
export async function basesOfTable(house: TestHouse, cast: Cast): Promise<Base[]> {
  const bases: Base[] = [];
  for (const route of registry) {
    const row = table[`${route.method} ${route.path}`];
    if (!row) continue;
    const sides: readonly (Side | undefined)[] = row.hasThing ? (row.sides ?? ["A", "B"]) : [undefined];
    for (const actor of ACTORS) {
      if (actor === "facility" && route.kind === "page") continue;
      const let_ = sides.find((side) => isLet({ route: "", actor, reach: side ?? "any" }, row));
      const isIn = let_ !== undefined || row.lets[actor] !== undefined;
      // Who is kept out is one of many alike: a stranger and a citizen stand for them.
      if (!isIn && actor !== "stranger" && actor !== "citizen") continue;
      const things = await cast.thingsOf(actor, let_ ?? (isIn ? undefined : "B"), row.file, false);
      // What is to take a file must be there, and as it stands before any.
      if (isIn && takesFile(route)) await row.before?.(house, things);
      bases.push({ ...baseOf(route, actor, things, row.given?.(things) ?? {}), isLet: isIn });
    }
  }
  return bases;
}

type Route = (typeof registry)[number];
const takesFile = (route: Route): boolean => route.kind === "page" && route.filesUpTo > 0;

function baseOf(route: Route, actor: string, things: Things, given: Given): Base {
  const { method, path, kind } = route;
  // Where the row names nothing, something must stand: with nothing it would be another address.
  const filled = path.replace(/[:{](\w+)\}?/g, (_, name: string) =>
    encodeURIComponent((given.params?.[name] ?? (name === "code" ? things.code : "")) || "1"),
  );
  const form = Object.entries({ ...given.form, _token: "" }).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
  const isForm = kind === "page" && method !== "GET";
  return {
    ...{ actor, method, kind, url: `${filled}${renderQuery(Object.entries(given.query ?? {}))}` },
    ...{
      headers: given.headers ?? {},
      cookies: given.cookies ?? {},
      takesFile: given.picture !== undefined || takesFile(route),
    },
    ...(isForm ? { fields: form } : {}),
    ...(given.xml === undefined ? {} : { xml: given.xml }),
    ...(kind === "api" && method !== "GET" && !given.xml ? { json: given.body ?? {} } : {}),
  };
}

/**
 * Names, numbers and telephones of the cast, each with who may read it. What is sent itself is none: whoever wrote it
 * into a ticket or a letter may read it there.
 */
export function canariesOfCast(sent: readonly string[]): Canary[] {
  const people: readonly [Side, number][] = [
    ["A", 1],
    ["B", 2],
    ["W", 5],
  ];
  return people.flatMap(([side, nth]) => {
    const mayRead = (actor: string, route: string) =>
      mayReadSide[actor as ActorName] === side ||
      isLetAt(route, actor as ActorName, side) ||
      // The ward of the guardian: by name, in programs as on pages.
      (actor === "guardian" && side === "W") ||
      isOfNoOffice(route, actor as ActorName) ||
      route.includes(" /dev/");
    const texts = {
      ...{ name: CANARY[side], "insurance number": `528800000${nth}` },
      ...{ "identity number": `05218800000${nth}`, telephone: `091800000${nth}` },
    };
    return Object.entries(texts)
      .filter(([, text]) => !sent.includes(text))
      .map(([kind, text]) => ({ text, of: `${side}'s ${kind}`, mayRead }));
  });
}

/** The access table lets this actor to that side's things at this address. */
function isLetAt(route: string, actor: ActorName, side: Side): boolean {
  const row = table[route];
  return row?.hasThing === true && isLet({ route, actor, reach: side }, row);
}

/** What others are known by: put into requests to get at their things. */
export async function foreignIds(cast: Cast): Promise<string[]> {
  const both = await Promise.all(
    (["A", "B", "W"] as const).map((side) => cast.thingsOf("citizen", side, "received", false)),
  );
  return both.flatMap(
    ({ code, copy, visitId, noticeId, publicId, personId, photo, linkId, mergeId, insuranceNumber, ...one }) => [
      ...[
        code,
        copy.code,
        copy.copyId,
        visitId,
        noticeId,
        publicId,
        personId,
        photo.photoId,
        linkId,
        mergeId,
        insuranceNumber,
      ],
      ...[one.batchId, one.disputeId, one.ticketCode, one.inboxId, one.taskId, one.unitCode],
    ],
  );
}
