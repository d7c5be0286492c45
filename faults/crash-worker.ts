/** What a worker does by itself meets a fault at a passage of a door; another worker, or the same, must bring it to its end. */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { receiveUpload } from "../src/facility/receive-upload.ts";
import { issueToken } from "../src/facility/token.ts";
import { generateFiles } from "../src/generate/files.ts";
import { importPersons } from "../src/intake/import-persons.ts";
import type { FakeMx } from "../src/notices/providers.fixture.ts";
import { type Books, misfit } from "./crash-books.ts";
import { type Door, HANG_MS, type Mode, type Trap } from "./crash-doors.ts";
import { violations } from "./crash-judge.ts";
import { type AskedAt, BEFORE, CrashLife } from "./crash-life.ts";
import { type Cast, newPhoneOf } from "./crash-people.ts";
import { CrashProcess } from "./crash-process.ts";
import { booksOf, leaveChangeDue, telephonesOf } from "./crash-store.ts";
import { type Played, passageAfter, type Walk } from "./crash-walk.ts";
import type { LivesStand } from "./lives-stand.ts";

const SETTLES_MS = 60_000;
/** The text message that tells of the acceptance, and no other to that telephone. */
const RESULT = /duoc chap nhan/;

interface Subject {
  accepted: CrashLife;
  /** What is written of the accepted one so far. */
  before: Books;
  overdue: CrashLife;
  upload: string;
}

export class WorkerDoors {
  readonly #stand: LivesStand;
  readonly #at: AskedAt;
  readonly #cast: Cast;
  readonly #walk: Walk;
  readonly #mx: FakeMx;
  #claims: Buffer = Buffer.alloc(0);
  #facility = { facilityCode: "", tokenId: "" };
  /** Visits of the file that a facility sends, as a worker that nothing befalls takes them. */
  #visits = 0;
  /** Passages of the struck worker's door; undefined: it has died. */
  #passed: number | undefined;

  /** `at`: a web process that nothing befalls, and a list of its own for what it acknowledges. */
  constructor(stand: LivesStand, mx: FakeMx, at: AskedAt, { cast, walk }: { cast: Cast; walk: Walk }) {
    this.#stand = stand;
    this.#mx = mx;
    this.#at = at;
    this.#cast = cast;
    this.#walk = walk;
  }

  async open(): Promise<this> {
    const { house } = this.#stand;
    const files = [...generateFiles({ persons: 3, seed: this.#cast.dice.below(1000), claimsPerFile: 5 })];
    for (const file of files.filter(({ kind }) => kind === "persons")) await importPersons(house, file);
    this.#claims = files.find(({ kind }) => kind === "claims")?.bytes ?? this.#claims;
    const facility = /<MACSKCB>(\w{5})</.exec(this.#claims.toString())?.[1] ?? "";
    const { tokenId } = await issueToken(house, { facility, days: 30, label: "thử" });
    this.#facility = { facilityCode: facility, tokenId };
    await this.#drain();
    const broken = await this.#untilDone(await this.#subject(), undefined);
    this.#visits = await this.#countVisits();
    if (broken.length > 0 || this.#visits === 0)
      throw new Error(`the worker does not do its work: ${broken.join(", ")}`);
    return this;
  }

  async play(door: Door, mode: Mode): Promise<Played> {
    const played: Played = { points: 0, passages: 0, broken: [] };
    for (let at = 1; ; at = passageAfter(at, this.#walk)) {
      const subject = await this.#subject();
      const { one } = await CrashProcess.start("crash-work", this.#env, [JSON.stringify({ door, at, mode })]);
      const broken = await this.#untilDone(subject, { one, trap: { door, at, mode } });
      played.broken.push(...broken.map((line) => `worker, ${door} ${at}, ${mode}: ${line}`));
      const passed = this.#passed;
      if (passed !== undefined && passed < at) return { ...played, passages: passed };
      played.points += 1;
    }
  }

  get #env(): Record<string, string> {
    return this.#stand.environment();
  }

  /** An accepted file whose messages wait, and whose telephone changes, a file whose ten days are over, and a facility's file. */
  async #subject(): Promise<Subject> {
    const { house, owner } = this.#stand;
    const accepted = await this.#life("accept");
    const overdue = await this.#life("confirm");
    await owner.query(
      `update declaration set confirmed_at = confirmed_at - interval '40 days', lapses_at = lapses_at - interval '40 days' where code = $1`,
      [overdue.code],
    );
    await owner.query(
      "truncate visit, visit_rest, visit_version, claim_recall, visit_staging, import_reject_record, import_reject, import_reject_row, household_member, source_file",
    );
    const { id } = await receiveUpload(house, { kind: "facility", ...this.#facility }, Readable.from([this.#claims]));
    const { insurance } = accepted.person;
    await leaveChangeDue(owner, insurance, newPhoneOf(accepted.person));
    return { accepted, overdue, upload: id, before: await booksOf(owner, [insurance]) };
  }

  async #life(act: "accept" | "confirm"): Promise<CrashLife> {
    const life = new CrashLife(this.#cast.withMailbox(), this.#at);
    for (const step of [...BEFORE[act], act]) await life.act(step);
    return life;
  }

  /** Until all of it is done, with another worker where the first has died; what is wrong then. */
  async #untilDone(subject: Subject, struck: { one: CrashProcess; trap: Trap } | undefined): Promise<string[]> {
    let worker = struck?.one ?? (await this.#healthy());
    this.#passed = undefined;
    const giveUpAt = performance.now() + SETTLES_MS;
    let open: string[] = [];
    for (;;) {
      open = await this.#open(subject);
      if (open.length === 0 || performance.now() > giveUpAt) break;
      if (!worker.isAlive) worker = await this.#healthy();
      await wait(50);
    }
    if (struck && worker === struck.one) {
      this.#passed = (await worker.passed())?.[struck.trap.door];
      const isHit = this.#passed !== undefined && this.#passed >= struck.trap.at;
      if (isHit && struck.trap.mode === "hang") await wait(HANG_MS);
    }
    await worker.kill();
    if (open.length > 0) return open.map((one) => `not done after ${SETTLES_MS / 1000} s: ${one}`);
    const people = [subject.accepted, subject.overdue].map(({ person }) => person.insurance);
    const found = await violations(this.#stand.owner, people);
    found.push(...(await this.#changed(subject)));
    return [...found, ...(await this.#onTheAir(subject)), ...(await this.#imported(subject))];
  }

  /** What was left by others is done beforehand. */
  async #drain(): Promise<void> {
    const worker = await this.#healthy();
    const left = async () =>
      this.#stand.owner.query<{ n: number }>(
        `select (select count(*) from notice where state in ('queued', 'sending', 'unknown'))::int
           + (select count(*) from facility_upload where state = 'waiting')::int as n`,
      );
    while ((await left()).rows[0]?.n !== 0 && worker.isAlive) await wait(200);
    await worker.kill();
  }

  async #healthy(): Promise<CrashProcess> {
    const { one } = await CrashProcess.start("crash-work", this.#env);
    return one;
  }

  async #open({ accepted, overdue, upload }: Subject): Promise<string[]> {
    const { rows } = await this.#stand.owner.query<{ what: string }>(
      `select template || ' by ' || channel || ' ' || state as what from notice n join declaration d using (declaration_id)
        where d.code in ($1, $2) and state in ('queued', 'sending', 'unknown')
       union all select 'lapse' from declaration where code = $2 and status = 'confirmed'
       union all select 'change of telephone' from contact_change join declaration d using (person_id)
         where d.code = $1 and state = 'waiting'
       union all select 'upload' from facility_upload where upload_id = $3 and state = 'waiting'
       union all select 'chain' where exists (select from audit_event e where not exists
         (select from audit_link l where l.event_id = e.event_id))`,
      [accepted.code, overdue.code, upload],
    );
    return rows.map(({ what }) => what);
  }

  /** The telephone is the new one, once and wholly, and the person was told there and where they were reached before. */
  async #changed({ accepted: { person }, before }: Subject): Promise<string[]> {
    const { owner } = this.#stand;
    const done = {
      ...{ "change of phone waiting": -1, "change of phone done": 1, "phone of before": 1, "event phone_changed": 1 },
      ...{ "record phone_changed": 1, "message contact_changed by sms": 2, "message contact_changed by email": 1 },
    };
    const { reached, held } = await telephonesOf(owner, person.insurance);
    const isNew = [reached, held].every((phones) => phones.join() === newPhoneOf(person));
    const moved = misfit(before, await booksOf(owner, [person.insurance]), [done]);
    return [...(isNew ? [] : [`reached at ${reached.join()}, holds ${held.join()}`]), ...(moved ? [moved] : [])];
  }

  /** I2 and I6 outside: each message left, by the books and by telephone and mailbox, and no copy that no attempt tells of. */
  async #onTheAir({ accepted }: Subject): Promise<string[]> {
    const { rows } = await this.#stand.owner.query<{
      channel: string;
      state: string;
      attempts: number;
      key: string;
    }>(
      `select n.channel, n.state, count(a.*)::int as attempts, n.dedupe_key as key
         from notice n join declaration d using (declaration_id) left join notice_attempt a using (notice_id)
        where d.code = $1 and n.template = 'declaration_accepted' group by n.notice_id`,
      [accepted.code],
    );
    const to = accepted.person.phone.replace(/^0/, "84");
    return rows.flatMap(({ channel, state, attempts, key }) => {
      const said =
        channel === "sms"
          ? this.#stand.smsc.submits.filter((one) => one.to === to && RESULT.test(one.text)).length
          : this.#mx.mails.filter((mail) => mail.includes(mailNameOf(key))).length;
      const where = `the result by ${channel}`;
      if (state !== "sent" && state !== "delivered") return [`${where} is ${state}`];
      if (said === 0) return [`${where} never arrived`];
      return said > attempts ? [`${where} arrived ${said} times, ${attempts} attempts`] : [];
    });
  }

  /** I5: what the receipt promised is there once. A file that could not be read is tried again. */
  async #imported({ upload }: Subject): Promise<string[]> {
    const { rows } = await this.#stand.owner.query<{ state: string }>(
      "select state from facility_upload where upload_id = $1",
      [upload],
    );
    const [{ state } = { state: "gone" }] = rows;
    const visits = await this.#countVisits();
    const isRight = state === "taken" && (visits === this.#visits || this.#visits === 0);
    return isRight ? [] : [`the upload is ${state} with ${visits} of ${this.#visits} visits`];
  }

  async #countVisits(): Promise<number> {
    const { rows } = await this.#stand.owner.query<{ n: number }>("select count(*)::int as n from visit");
    return rows[0]?.n ?? 0;
  }
}

/** Of its Message-ID, which is the same in every try. */
const mailNameOf = (key: string) => createHash("sha256").update(key).digest("hex").slice(0, 32);
