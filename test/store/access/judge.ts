import { ACTORS, type Cell, type Reach, type Row, SIDES } from "./kinds.ts";

/** What was asked and what came back, against the table. Pure: a registry with a hole is judged by the same words. */
export interface Seen extends Cell {
  status: number;
  location: string | undefined;
}

/** Every address must have a row, every row an address. Says by name what is missing. */
export function missingRows(routes: readonly string[], rows: Record<string, Row>): string[] {
  const twice = routes.filter((route, at) => routes.indexOf(route) !== at);
  return [
    ...twice.map((route) => `${route} is mounted twice`),
    ...routes
      .filter((route) => !rows[route])
      .map((route) => `${route} is not in test/store/access/table.ts: say there who is let in`),
    ...Object.keys(rows)
      .filter((route) => !routes.includes(route))
      .map((route) => `${route} is in test/store/access/table.ts, but no such address is mounted`),
  ];
}

export function cellsOf(route: string, row: Row): Cell[] {
  const reaches: readonly Reach[] = row.hasThing ? (row.sides ?? SIDES) : ["any"];
  return ACTORS.flatMap((actor) => reaches.map((reach) => ({ route, actor, reach })));
}

export function isLet({ actor, reach }: Cell, row: Row): boolean {
  const let_ = row.lets[actor];
  return let_ !== undefined && (let_ === "any" || reach === "any" || let_ === reach);
}

const ways = ["/sign-in", "/console/sign-in", "/console/sign-in/next", "/register/resume"];

/** In: the answer, or a refusal that only somebody who may ask gets. Out: unknown, forbidden, or sent to sign in. */
export function wentIn({ route, status, location = "" }: Seen, row: Row): boolean | "fault" {
  if (row.alsoOut?.includes(status)) return false;
  if (row.alsoIn?.includes(status)) return true;
  if (status >= 200 && status < 300) return true;
  if (status === 401 || status === 403 || status === 404) return false;
  if (status < 300 || status >= 400) return "fault";
  const path = location.split("?")[0] ?? "";
  if (path === "/account/password") return / \/(account\/password|sign-in)$/.test(route);
  if (row.hasThing && path === "/register") return false;
  return !ways.includes(path) || / \/(console\/)?sign-(in|out)$|recovery|\/sign-in\/activation$/.test(route);
}

/** One sentence a cell that is not as the table says. */
export function complaints(seen: readonly Seen[], rows: Record<string, Row>): string[] {
  return seen.flatMap((one) => {
    const row = rows[one.route];
    if (!row) return [`${one.route} has no row`];
    const isIn = wentIn(one, row);
    const should = isLet(one, row);
    if (isIn === should) return [];
    const answer = `answered ${one.status}${one.location ? ` to ${one.location}` : ""}`;
    const thing = one.reach === "any" ? "" : ` for ${one.reach}'s`;
    if (isIn === "fault") return [`${one.route}: ${one.actor}${thing} was ${answer}: neither in nor out`];
    return [`${one.route}: ${one.actor}${thing} must be ${should ? "let in" : "kept out"}, but was ${answer}`];
  });
}
