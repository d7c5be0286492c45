import { record } from "../audit/record.ts";
import { type Connection, ownerOf } from "../db/connection.ts";
import type { House } from "../db/house.ts";
import { createDb, createPool } from "../db/pool.ts";
import { inTransaction } from "../db/transaction.ts";
import { openKey, type PasskeyKind, sealKey } from "../factor/sealed-key.ts";
import { countUnsealed, saveSeals, sealedAfter, takeUnsealed } from "./store-passkeys.ts";

/** The migration that brought the seals: what stood in the tables before it is sealed by the run that applies it. */
export const SEALS_CAME_WITH = "0077_sealed_passkeys.sql";

const KINDS: readonly PasskeyKind[] = ["passkey", "staff-passkey"];
const BATCH = 500;

type Counted = Record<PasskeyKind, number>;
const nothing = (): Counted => ({ passkey: 0, "staff-passkey": 0 });

/**
 * Seals the keys of passkeys that have no seal, as the owner of the database. They are believed by it, whoever put them
 * there: so it is done at the upgrade, and later by a person's word alone. Answers how many.
 */
export async function sealPasskeys(house: House & { owner: Connection | undefined }): Promise<Counted> {
  const pool = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
  const done = nothing();
  try {
    const db = createDb(pool);
    for (const kind of KINDS) {
      for (let taken = BATCH; taken === BATCH; done[kind] += taken) {
        taken = await inTransaction(db, async (tx) => {
          const rows = await takeUnsealed(tx, kind, BATCH);
          const seals = rows.map(({ publicKey, ...whose }) => ({
            ...whose,
            sealed: sealKey(house, { kind, ...whose }, publicKey),
          }));
          if (seals.length > 0) await saveSeals(tx, kind, seals);
          return seals.length;
        });
      }
    }
  } finally {
    await pool.end();
  }
  if (KINDS.some((kind) => done[kind] > 0)) await note(house, done);
  return done;
}

async function note({ db, clock, log }: House, sealed: Counted): Promise<void> {
  log.warn({ sealed }, "keys of passkeys were sealed as they stood in the database");
  const detail = { people: sealed.passkey, staff: sealed["staff-passkey"] };
  await record(db, {
    at: clock.now(),
    actor: { kind: "operator" },
    action: "keys.passkeys",
    purpose: "operate",
    detail,
  });
}

/** Passkeys that sign nobody in: without a seal, or with one that is not of ours for this owner and credential. */
export interface StrangePasskeys {
  unsealed: number;
  foreign: number;
}

export async function strangePasskeys(house: House, kind: PasskeyKind): Promise<StrangePasskeys> {
  return { unsealed: await countUnsealed(house.db, kind), foreign: await countForeign(house, kind) };
}

/** For the watch. Of people those without a seal, which an index knows; staff are few enough to try every seal. */
export async function countStrange(house: House): Promise<number> {
  const staff = await strangePasskeys(house, "staff-passkey");
  return (await countUnsealed(house.db, "passkey")) + staff.unsealed + staff.foreign;
}

async function countForeign(house: House, kind: PasskeyKind): Promise<number> {
  let foreign = 0;
  for (let after: { ownerId: string; credentialId: Buffer } = { ownerId: "0", credentialId: Buffer.alloc(0) }; ; ) {
    const rows = await sealedAfter(house.db, kind, after, BATCH);
    foreign += rows.filter(({ sealed, ...whose }) => !openKey(house, { kind, ...whose }, sealed)).length;
    const last = rows.at(-1);
    if (!last) return foreign;
    after = last;
  }
}
