/** Two hundred crafted addresses at every parameter that says where to go next: no answer may lead to another site. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openSession } from "../src/account/open-session.ts";
import { inTransaction } from "../src/db/transaction.ts";
import { formTokenFor } from "../src/web/form-token.ts";
import { type Call, Callers, harmAddress, inLanes } from "./abuse-callers.ts";
import type { LivesStand } from "./lives-stand.ts";

const LANES = 8;
const PASSWORD = "thuyền nan lướt qua bốn bến";

const sites = [
  "evil.example",
  "evil.example:443",
  "user@evil.example",
  "vssid.example.vn@evil.example",
  "evil。example",
  "xn--vil-joa.example",
  "127.0.0.1.evil.example",
  "[::1]",
  "0x7f000001",
  "evil.example/app",
  "evil.example?x=/app",
  "evil.example#/app",
];
const shapes = [
  "https://{}",
  "http://{}",
  "//{}",
  "///{}",
  "////{}",
  "/\\{}",
  "\\\\{}",
  "\\/{}",
  "/%2f{}",
  "/%5c{}",
  "%2f%2f{}",
  "/\t/{}",
  "/\n/{}",
  "/app/..//{}",
  "/.//{}",
  "/;@{}",
  "https:{}",
];
const others = [
  "javascript:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "file:///etc/passwd",
  "//",
  "/\\",
  "https:",
  "?next=//evil.example",
  "/\u2028/evil.example",
  "/app\r\nlocation: https://evil.example",
  "/%0d%0alocation:%20https://evil.example",
  " https://evil.example",
  "\thttps://evil.example",
  "HTTPS://EVIL.EXAMPLE",
  "/%2e%2e//evil.example",
  "/app?next=https://evil.example",
];
/** 204 of shapes and sites; of the others there are sixteen. */
const crafted = [...shapes.flatMap((shape) => sites.map((site) => shape.replace("{}", site))), ...others];

type Door = (to: string) => Omit<Call, "from">;

/** `planted`: the share of crafted addresses that a server which goes wherever it is told is seen to lead to. */
export async function leadOutside(stand: LivesStand, via: Callers) {
  const doors = await doorsOf(stand);
  const seen = {
    urls: crafted.length,
    doors: doors.length,
    followed: 0,
    outside: [] as string[],
    planted: await plant(),
  };
  for (const [at, door] of doors.entries()) {
    await inLanes(crafted.length, LANES, async (nth) => {
      const to = crafted[nth] ?? "";
      const call = door(to);
      const said = await via.ask({ ...call, from: harmAddress(at * 1000 + nth) });
      const { location } = said.headers;
      if (location === undefined) return;
      seen.followed += 1;
      if (isOutside(location)) seen.outside.push(`${call.path} with ${JSON.stringify(to)} leads to ${location}`);
    });
  }
  // Each of them sends somebody on at all, else nothing is shown.
  if (seen.followed < doors.length * (crafted.length / 2)) throw new Error(`only ${seen.followed} redirects came`);
  return seen;
}

/** As a browser reads it: a backslash is a slash, tabs and line ends are nothing. */
function isOutside(location: string): boolean {
  const here = "http://own.invalid:8330";
  if (!URL.canParse(location, here)) return true;
  const { origin, protocol } = new URL(location, here);
  return origin !== here || protocol !== "http:";
}

async function plant(): Promise<number> {
  const urls = crafted.filter((to) => isOutside(to) && /^[\x21-\x7e]+$/.test(to));
  const server = createServer((request, answer) => {
    answer.writeHead(303, { location: decodeURIComponent((request.url ?? "").slice(1)) }).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const via = new Callers((server.address() as AddressInfo).port, 1);
  let led = 0;
  for (const to of urls) {
    const { headers } = await via.ask({ path: `/${encodeURIComponent(to)}`, from: "127.0.0.1" });
    if (isOutside(headers.location ?? "/")) led += 1;
  }
  via.close();
  server.close();
  return led / urls.length;
}

async function doorsOf({ house, owner }: LivesStand): Promise<Door[]> {
  const { rows } = await owner.query<{ person_id: string; key: string }>(
    "select person_id, key from person_key where kind = 'bhxh' order by key desc limit 1",
  );
  const [person] = rows;
  const now = house.clock.now();
  const asked = { scope: "full", kind: "cookie", device: "", now, proofs: ["password", "authenticator"] } as const;
  const subject = { personId: person?.person_id ?? "" };
  const { token } = await inTransaction(house.db, (tx) => openSession(tx, subject, asked));
  const cookies = { vssid_session: token };
  const form = { _token: formTokenFor(house.vault, token) };
  const visitor = { vssid_visitor: "khach" };
  const open = { _token: formTokenFor(house.vault, "khach") };
  const at =
    (path: string): Door =>
    (to) => ({ path: `${path}?next=${encodeURIComponent(to)}`, cookies });
  return [
    at("/sign-in"),
    at("/account/proof"),
    (to) => ({ path: "/account/notice", form: { ...form, next: to }, cookies }),
    (to) => ({ path: "/account/proof/password", form: { ...form, next: to, password: PASSWORD }, cookies }),
    (to) => ({
      path: "/sign-in",
      form: { ...open, next: to, login: person?.key ?? "", password: PASSWORD },
      cookies: visitor,
    }),
    (to) => ({ path: "/text-size", form: { ...open, size: "l", back: to }, cookies: visitor }),
  ];
}
