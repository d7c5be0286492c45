import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance, isLikeOld, ownWords, passwordPolicy, secretOf, shapeFault } from "./rules-password.ts";

describe("the shape of a password", () => {
  test.each([
    ["", "password_empty"],
    ["mười bốn ký tự", "password_short"],
    ["mười lăm ký tự!", undefined],
    ["mười lăm ký tự!".normalize("NFD"), undefined],
    [`${" ".repeat(5)}con mèo leo cây`, undefined],
    ["x".repeat(passwordPolicy.most), undefined],
    ["x".repeat(passwordPolicy.most + 1), "password_long"],
    ["ệ".normalize("NFD").repeat(passwordPolicy.most), undefined],
    ["x".repeat(100_000), "password_long"],
    ["có xuống dòng ở\ntrong này", "password_signs"],
    ["🐃".repeat(15), undefined],
  ])("%j: %s", (typed, fault) => {
    expect(shapeFault(typed)).toBe(fault);
  });

  test("letters with marks are one secret, whichever way the keyboard composed them", () => {
    const syllable = fc.constantFrom("nghiêng", "thuở", "ướt", "đặng", "quỳnh", "hoà", "hòa", "ấp", "ẵng", "ừ");
    fc.assert(
      fc.property(fc.array(syllable, { minLength: 4, maxLength: 6 }), (words) => {
        const phrase = words.join(" ");
        expect(secretOf(phrase.normalize("NFD"))).toBe(secretOf(phrase.normalize("NFC")));
      }),
      { numRuns: 1000 },
    );
  });
});

test("the edit distance is the count of single changes, whichever side one starts from", () => {
  expect(editDistance("kitten", "sitting")).toBe(3);
  expect(editDistance("", "abc")).toBe(3);
  expect(editDistance("bhxh", "bhxh")).toBe(0);
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
    }),
  );
});

const stems = [
  "Vườn cam",
  "con trâu xanh",
  "ghế đá",
  "mưa rào tháng bảy",
  "thuyền nan",
  "cầu tre lắc",
  "bếp lửa",
  "gió Lào",
];
const ends = [
  "chiều muộn",
  "trên đồi",
  "bên sông",
  "ngoài bãi",
  "sau hè",
  "giữa chợ",
  "đầu làng",
  "cuối ngõ",
  "dưới trăng",
];

/** Small ways of making a new password out of the old one. */
const tricks: readonly ((old: string, n: number) => string)[] = [
  (old, n) => `${old}${n % 10}`,
  (old, n) => `${old.replace(/\d+$/, "")}${n}`,
  (old) => `${old}!`,
  (old) => `${old}!!!`,
  (old) => old.toUpperCase(),
  (old) => old.normalize("NFD").replace(/\p{Mn}/gu, ""),
  (old, n) => `${n % 1000}${old.replace(/\d/g, "")}`,
  (old) => old.replace(/ /g, "-"),
  (old) => old.slice(0, -1),
  (old, n) => old.replace(/\d+/, `${n}`),
];

test("5,000 passwords made from the old one by counting up or adorning are all refused", () => {
  let n = 0;
  for (; n < 5000; n += 1) {
    const old = `${stems[n % stems.length]} ${ends[(n * 7) % ends.length]} ${2000 + (n % 97)}`;
    const made = tricks[n % tricks.length]?.(old, 2100 + n) ?? "";
    expect(isLikeOld(old, made), `${old} → ${made}`).toBe(true);
  }
  expect(n).toBe(5000);
});

test("5,000 phrases that have nothing to do with the old one are all allowed", () => {
  for (let n = 0; n < 5000; n += 1) {
    const old = `${stems[n % stems.length]} ${ends[n % ends.length]} ${n}`;
    const fresh = `${ends[(n + 3) % ends.length]} ${stems[(n + 4) % stems.length]} ${9000 - n} lá`;
    expect(isLikeOld(old, fresh), `${old} → ${fresh}`).toBe(false);
  }
});

test("two passwords of digits alone are not the same for having no letters", () => {
  expect(isLikeOld("839201746520193", "174650298374610")).toBe(false);
});

test("a person's own words are the name in its usual orders, the birth date as people write it, and the numbers", () => {
  const own = ownWords({ fullName: "Đặng Thị Hòa", birthOn: "1990-01-15", numbers: ["0912345678", "5221234567"] });
  for (const word of [
    "dangthihoa",
    "hoadangthi",
    "dth",
    "hoa",
    "15011990",
    "150190",
    "1990",
    "0912345678",
    "912345678",
    "5678",
    "5221234567",
  ]) {
    expect(own).toContain(word);
  }
});
