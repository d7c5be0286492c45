import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type ChainedEvent, fittingLinks, GENESIS, linkHash, linkText } from "./rules.ts";
import { type Checkpoint, readCheckpoints, signedText } from "./rules-checkpoint.ts";

const event: ChainedEvent = {
  event_id: "7",
  at: new Date("2026-11-23T02:00:00.000Z"),
  actor_kind: "staff",
  actor_id: "3",
  action: "person.look",
  purpose: "review",
  person_id: "12",
  object_kind: "declaration",
  object_id: "BD",
  office_code: "52T01",
  detail: '{"case": "file"}',
};

describe("the hash of a link", () => {
  it("is of the hash before, and of number and columns in one order for ever", () => {
    const text =
      '["1","7","2026-11-23T02:00:00.000Z","staff","3","person.look","review","12","declaration","BD","52T01","{\\"case\\": \\"file\\"}"]';
    const expected = createHash("sha256").update(Buffer.alloc(32)).update(text).digest("hex");
    expect(linkHash(GENESIS, "1", event).toString("hex")).toBe(expected);
    expect(GENESIS).toEqual(Buffer.alloc(32));
  });

  it.each(Object.keys(event))("is another when %s is", (column) => {
    const other = { ...event, [column]: column === "at" ? new Date("2026-11-23T02:00:00.001Z") : `${column}!` };
    expect(linkHash(GENESIS, "1", other).equals(linkHash(GENESIS, "1", event))).toBe(false);
  });

  it("is another behind another link, and at another place", () => {
    const first = linkHash(GENESIS, "1", event);
    expect(linkHash(first, "1", event).equals(first)).toBe(false);
    expect(linkHash(GENESIS, "2", event).equals(first)).toBe(false);
  });
});

describe("links that stand together", () => {
  const events = ["a", 'é\n"', "ệ".repeat(9000)].map((detail, at) => ({ ...event, event_id: String(at), detail }));
  const texts = events.map((one, at) => linkText(String(at + 1), one));
  const hashes: string[] = [];
  events.reduce<Buffer>((previous, one, at) => {
    const made = linkHash(previous, String(at + 1), one);
    hashes.push(made.toString("hex"));
    return made;
  }, GENESIS);
  const head = GENESIS.toString("hex");

  it("fit where each hash is of its text and the hash before, however long", () => {
    expect(fittingLinks(head, texts, hashes)).toBe(3);
    expect(fittingLinks(hashes[0] ?? "", texts.slice(1), hashes.slice(1))).toBe(2);
    expect(fittingLinks(head, [], [])).toBe(0);
  });

  it("fit up to the first that does not", () => {
    expect(fittingLinks("ab".repeat(32), texts, hashes)).toBe(0);
    expect(fittingLinks(head, texts.with(1, `${texts[1]} `), hashes)).toBe(1);
    expect(fittingLinks(head, texts, hashes.with(1, head))).toBe(1);
    expect(fittingLinks(head, texts, hashes.with(1, (hashes[1] ?? "").slice(2)))).toBe(1);
    expect(fittingLinks(head, texts, hashes.slice(0, 2))).toBe(2);
  });
});

describe("what a witness kept", () => {
  const one: Checkpoint = { links: "12", head: "ab".repeat(32), at: "2026-11-23T02:00:00.000Z", signature: "c2ln" };
  const line = (change: object = {}) => JSON.stringify({ ...one, ...change });
  const read = (text: string, isSigned = () => true) => readCheckpoints(text, isSigned);

  it("is read line by line, empty ones are nothing", () => {
    expect(read(`${line()}\n\n  \n${line({ links: "13" })}\n`)).toEqual({
      good: [one, { ...one, links: "13" }],
      forged: [],
    });
  });

  it.each([
    ["no JSON", "what?"],
    ["nothing", "null"],
    ["no number", line({ links: 12 })],
    ["no link yet", line({ links: "0" })],
    ["a number with a sign", line({ links: "-1" })],
    ["a short head", line({ head: "ab" })],
    ["a head in other letters", line({ head: "AB".repeat(32) })],
    ["no head", line({ head: undefined })],
    ["no time", line({ at: undefined })],
    ["no signature", line({ signature: null })],
  ])("%s is forged, by the number of its line", (_what, text) => {
    expect(read(`${line()}\n${text}`)).toEqual({ good: [one], forged: [2] });
  });

  it("is forged where the signature does not fit", () => {
    expect(read(line(), () => false)).toEqual({ good: [], forged: [1] });
  });

  it("is signed as a whole, under a name of its own", () => {
    expect(signedText(one)).toBe(`vssid audit checkpoint 1\n12\n${one.head}\n${one.at}\n`);
  });
});
