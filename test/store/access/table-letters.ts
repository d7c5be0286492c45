import { randomUUID } from "node:crypto";
import type { TestHouse } from "../../house.ts";
import type { ActorName, Reach, Row, Side, Things } from "./kinds.ts";
import { codeWrong, officersOfTheFile, open } from "./rows.ts";

/** Letters: sent by an office, received by a unit of each side. The coordinator and the leader are of A's unit. */
const OFFICE = { A: "52T01", B: "52T02", W: "52000" } as const;
const letters: Partial<Record<Side, { id: string; addresseeId: string }>> = {};

/** A new letter of this side before each request: what was signed or sent cannot be put back. */
const withLetter =
  (state: "draft" | "sent") =>
  async (house: TestHouse, { side, unitCode }: Things) => {
    const now = house.clock.now();
    const { rows } = await house.pool.query<{ letter_id: string }>(
      `insert into letter (office_code, number, dated_on, subject, issuer, signed_by, lang, made_at, made_by, sent_at, sent_by)
     select $1, '01/THU', '2026-11-20', 'Thử', 'Thử', 'Thử', 'vi', $2::timestamptz, min(staff_id),
            case when $3 then $2::timestamptz end, case when $3 then min(staff_id) end from staff returning letter_id`,
      [OFFICE[side], now, state === "sent"],
    );
    const id = rows[0]?.letter_id ?? "";
    const sealed = house.vault.seal("letter", Buffer.from("%PDF-1.7"), id);
    await house.pool.query("insert into letter_paper values ($1, $2, 'x', 8, 'test')", [id, sealed]);
    const addresseeId = randomUUID();
    await house.pool.query(
      "insert into letter_addressee (addressee_id, letter_id, group_name, unit_code, name) values ($1, $2, 'Thử', $3, 'UBND xã Thử')",
      [addresseeId, id, unitCode],
    );
    letters[side] = { id, addresseeId };
  };

type Lets = Partial<Record<ActorName, Reach>>;
const ofUnit: Lets = { coordinator: "A", leader: "A" };
const senders: Lets = { officer: "any", supervisor: "any", otherOfficer: "any", leader: "any" };
const readers: Lets = { ...senders, coordinator: "any" };

const thing = (lets: Lets, state: "draft" | "sent"): Row => ({
  lets,
  hasThing: true,
  before: withLetter(state),
  given: ({ side }) => ({
    params: { id: letters[side]?.id ?? "", addressee: letters[side]?.addresseeId ?? "" },
    form: {
      ...{ act: "account", signer: "Trần Thị Thử", position: "Văn thư", place: "Xã Thử" },
      ...{ question: "Hỏi thử", answer: "Trả lời thử", addressee: letters[side]?.addresseeId ?? "" },
    },
  }),
  alsoIn: [409, 422],
});
const leadsOn = (lets: Lets): Row => ({ lets, hasThing: false, given: () => ({ params: { id: "1" } }) });

export const letterRows: Record<string, Row> = {
  "GET /letter": open(),
  "POST /letter": open(codeWrong),
  // Without the pass of a typed code they lead to where the code is typed: src/letters/letters.store.test.ts.
  "GET /letter/receipt": open(),
  "POST /letter/receipt": open(),
  "GET /letter/question": open(),
  "POST /letter/question": open(),
  "GET /letter/letter.pdf": open(),
  "GET /letter/receipt.pdf": open(),
  "POST /letter/leave": open(),

  "GET /console/letters": { lets: readers, hasThing: false },
  "POST /console/letters": { lets: senders, hasThing: false, alsoIn: [422] },
  "GET /console/letters/:id": thing({ ...officersOfTheFile, ...ofUnit }, "sent"),
  "GET /console/letters/:id/letter.pdf": thing({ ...officersOfTheFile, ...ofUnit }, "sent"),
  // Not signed yet: it is not there, for nobody. With a receipt: src/letters/letters.store.test.ts.
  "GET /console/letters/:id/receipts/:addressee": thing({}, "sent"),
  "GET /console/letters/:id/register.pdf": thing(officersOfTheFile, "sent"),
  "GET /console/letters/:id/register.csv": thing(officersOfTheFile, "sent"),
  ...Object.fromEntries(
    ["head", "addressees", "removal", "sending", "answer"].flatMap((act): [string, Row][] => [
      [`POST /console/letters/:id/${act}`, thing(officersOfTheFile, act === "answer" ? "sent" : "draft")],
      [`GET /console/letters/:id/${act}`, leadsOn(senders)],
    ]),
  ),
  ...Object.fromEntries(
    ["receipt", "question"].flatMap((act): [string, Row][] => [
      [`POST /console/letters/:id/${act}`, thing(ofUnit, "sent")],
      [`GET /console/letters/:id/${act}`, leadsOn({ coordinator: "any", leader: "any" })],
    ]),
  ),
};
