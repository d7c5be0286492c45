import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowedActs, type Life, presentVersion, type StepKind, standingOf, waitingVersion } from "./rules.ts";
import { diffWords } from "./rules-diff.ts";

const now = new Date("2026-11-23T02:00:00Z");
const tomorrow = new Date("2026-11-24T02:00:00Z");
const life = (version: number, kinds: readonly StepKind[], effectiveFrom = now): Life => ({
  version,
  authorId: "lan",
  steps: kinds.map((kind) => ({
    kind,
    staffId: kind === "proposed" ? "lan" : "minh",
    at: now,
    reason: null,
    effectiveFrom: kind === "approved" ? effectiveFrom : null,
  })),
});
const standings = (all: readonly Life[]) => all.map((one) => standingOf(one, all, now));

describe("versions of a text", () => {
  it("are in use from the newest approved one that has begun, else the built-in one", () => {
    expect(presentVersion([], now)).toBe(1);
    const all = [
      life(2, ["proposed", "approved"]),
      life(3, ["proposed", "approved", "retired"]),
      life(4, ["proposed", "approved"], tomorrow),
      life(5, ["proposed", "refused"]),
      life(6, []),
    ];
    expect(presentVersion(all, now)).toBe(2);
    expect(presentVersion(all, tomorrow)).toBe(4);
    expect(standings(all)).toEqual(["present", "retired", "coming", "refused", "draft"]);
    expect(waitingVersion(all, now)).toBeUndefined();
  });

  it("that a newer proposal has overtaken can no longer be proposed or approved", () => {
    const all = [life(2, ["proposed", "approved"]), life(3, ["proposed"]), life(4, []), life(5, ["proposed"])];
    expect(standings(all)).toEqual(["present", "overtaken", "overtaken", "proposed"]);
    expect(all.map((one) => allowedActs(one, all, "minh", now))).toEqual([["retire"], [], [], ["approve", "refuse"]]);
    expect(waitingVersion(all, now)).toBe(5);
  });

  it("are decided on by anybody but their author, and proposed by nobody else", () => {
    const [draft, waits] = [life(2, []), life(3, ["proposed"])];
    expect(allowedActs(draft, [draft], "lan", now)).toEqual(["propose"]);
    expect(allowedActs(draft, [draft], "minh", now)).toEqual([]);
    expect(allowedActs(waits, [waits], "lan", now)).toEqual([]);
    expect(allowedActs(waits, [waits], "minh", now)).toEqual(["approve", "refuse"]);
  });
});

describe("the difference of two texts", () => {
  it("names the words that went and came", () => {
    expect(diffWords("Tờ khai đã được rút.", "Tờ khai đã rút xong.")).toEqual([
      { kind: "same", text: "Tờ khai đã " },
      { kind: "gone", text: "được rút." },
      { kind: "new", text: "rút xong." },
    ]);
  });

  it("gives back both texts, whatever they are", () => {
    const text = fc
      .array(fc.constantFrom("tờ", "khai", "{code}", " ", "\n\n", "rút"), { maxLength: 30 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = diffWords(before, after);
        const without = (kind: string) =>
          pieces
            .filter((piece) => piece.kind !== kind)
            .map((piece) => piece.text)
            .join("");
        expect(without("new")).toBe(before);
        expect(without("gone")).toBe(after);
      }),
    );
  });
});
