/** Acts over HTTP that meet a fault at a passage of a door, and are asked again under the same key. */
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { uploadFolder } from "../src/facility/receive-upload.ts";
import { issueToken } from "../src/facility/token.ts";
import type { Door, Mode } from "./crash-doors.ts";
import { unwritten, violations } from "./crash-judge.ts";
import { type ActName, type AskedAt, BEFORE, CrashLife } from "./crash-life.ts";
import type { Cast } from "./crash-people.ts";
import { sessionOf } from "./crash-sessions.ts";
import { forgetPatience, releaseFiles, wasHereBefore } from "./crash-store.ts";
import { PATIENCE_MS, patienceOf, type StruckWeb } from "./crash-struck.ts";
import { type Played, passageAfter, type Walk } from "./crash-walk.ts";
import type { LivesStand } from "./lives-stand.ts";
import { someAddress } from "./some-address.ts";

const UPLOAD = "<GIAMDINHHS/>";

export class WebDoors {
  readonly #stand: LivesStand;
  readonly #at: AskedAt;
  readonly #web: StruckWeb;
  readonly #cast: Cast;
  readonly #walk: Walk;
  #facilityToken = "";
  readonly #uploads = new Map<string, string>();

  constructor(stand: LivesStand, at: AskedAt, { web, cast, walk }: { web: StruckWeb; cast: Cast; walk: Walk }) {
    this.#stand = stand;
    this.#at = at;
    this.#web = web;
    this.#cast = cast;
    this.#walk = walk;
  }

  async open(): Promise<this> {
    const { token } = await issueToken(this.#stand.house, { facility: "79999", days: 30, label: "thử" });
    this.#facilityToken = token;
    return this;
  }

  /** One act at each passage of a door, from the first until one that it does not reach, or until something is `sought`. */
  async act(act: ActName, door: Door, mode: Mode, sought = false): Promise<Played> {
    const played: Played = { points: 0, passages: 0, broken: [] };
    for (let at = 1; ; at = passageAfter(at, this.#walk)) {
      const life = new CrashLife(this.#cast.adult(), this.#at);
      for (const step of BEFORE[act]) await life.act(step);
      if (act === "read" || act === "dispute") {
        await wasHereBefore(this.#stand.owner, life.person.insurance);
        life.token = await sessionOf(this.#stand, life.person, { kind: "bearer", proofs: ["password"] });
      }
      const key = randomUUID();
      const passed = await this.#web.struck({ door, at, mode }, () => life.once(act, key, patienceOf(mode)));
      await forgetPatience(this.#stand.owner);
      const answer = await life.act(act, key).catch((error: Error) => ({ status: 599, text: error.message }));
      await releaseFiles(this.#stand.owner);
      const where = `${act}, ${door} ${at}, ${mode}:`;
      await this.#web.awake();
      if (answer.status >= 300) played.broken.push(`${where} ${answer.status} ${answer.text}`);
      const found = await violations(this.#stand.owner, [life.person.insurance]);
      found.push(...(await unwritten(this.#stand.owner, life.person.insurance, life.reads)));
      played.broken.push(...found.map((line) => `${where} ${line}`));
      if (passed !== undefined && passed < at) return { ...played, passages: passed };
      played.points += 1;
      if (sought && played.broken.length > 0) return played;
    }
  }

  /** A facility's file. There is no key: asked again it is another file, and each receipt must be kept. */
  async upload(door: Door, mode: Mode): Promise<Played> {
    const played: Played = { points: 0, passages: 0, broken: [] };
    for (let at = 1; ; at = passageAfter(at, this.#walk)) {
      const passed = await this.#web.struck({ door, at, mode }, () => this.#send(patienceOf(mode)));
      await this.#send(PATIENCE_MS).catch((error: Error) => {
        played.broken.push(`upload, ${door} ${at}, ${mode}: ${error.message}`);
      });
      await this.#web.awake();
      played.broken.push(...(await this.#unkept()).map((line) => `upload, ${door} ${at}, ${mode}: ${line}`));
      if (passed !== undefined && passed < at) return { ...played, passages: passed };
      played.points += 1;
    }
  }

  async #send(limitMs: number): Promise<void> {
    const reply = await fetch(`http://127.0.0.1:${this.#at.port}/api/v1/facility/uploads`, {
      ...{ method: "POST", body: UPLOAD, signal: AbortSignal.timeout(limitMs) },
      headers: {
        authorization: `Bearer ${this.#facilityToken}`,
        "content-type": "application/xml",
        "x-forwarded-for": someAddress(),
      },
    });
    const { id } = (await reply.json()) as { id?: string };
    if (reply.status !== 202 || !id) throw new Error(`not received: ${reply.status}`);
    this.#uploads.set(id, createHash("sha256").update(UPLOAD).digest("hex"));
  }

  /** I3 and I5 of files: each receipt has its row, and each row the bytes that it tells of. */
  async #unkept(): Promise<string[]> {
    const { rows } = await this.#stand.owner.query<{ id: string; sha256: string; state: string }>(
      "select upload_id::text as id, encode(sha256, 'hex') as sha256, state from facility_upload where facility_code = '79999'",
    );
    const kept = new Map(rows.map(({ id, sha256 }) => [id, sha256]));
    const lost = [...this.#uploads].filter(([id, sha256]) => kept.get(id) !== sha256);
    const empty = rows.filter(
      // What a worker has taken since leaves its bytes in the tables.
      ({ id, sha256, state }) =>
        state === "waiting" && sha256Of(join(uploadFolder(this.#stand.house.settings), `${id}.xml`)) !== sha256,
    );
    return [
      ...lost.map(([id]) => `I5 receipt ${id} without a row`),
      ...empty.map(({ id }) => `I3 upload ${id} without its bytes`),
    ];
  }
}

const sha256Of = (path: string) =>
  existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("hex") : undefined;
