/** What hostile senders write into a field, a part of an address or a body. Nothing here is a secret or anybody's. */
import type { Dice } from "../test/dice.ts";

/** Found unescaped in a page, a value has become markup. */
export const MARK = "<zq330 onload=1>";
/** What a template engine would make of `{{331*337}}`, and what a header would be that a value has split. */
export const COMPUTED = String(331 * 337);
export const SPLIT_HEADER = "x-split-330";

const FIXED: readonly string[] = [
  "", " ", "\t", "\u0000", "Nguyễn\u0000An", "\ud800", "\udfff", "a\ud83d", "\ufffe", "\ufeffAn",
  "Nguyễn Thị Thử".normalize("NFD"), "\u202eĂn\u202c", "\u200fمرحبا", "a\u0301\u0302\u0303\u0304", "😀👨‍👩‍👧‍👦", "Ｎｇｕｙễｎ", "ı İ ſ ß ﬃ", "\u00ad\u200b\u2060",
  "0", "-0", "-1", "1e309", "1e-400", "NaN", "Infinity", "0x10", "9".repeat(40), "2147483648", "9223372036854775808", "1,5", "1.5", "٣٣٠", "²",
  "1990-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "+275760-09-13", "-000001-01-01", "31/02/1990", "1990-13-01", "1990-01-15T25:61:61Z", "294277-01-01T00:00:00Z", "infinity", "epoch", "now", "today",
  "'", "\"", "''; drop table person; --", "1' or '1'='1", "1) or (1=1", "\\", "%", "_", "%%%_", "$1", "$$", "'||pg_sleep(9)||'", "\\x00", "{1,2}", "[1,2)", "(,)",
  MARK, `"'>${MARK}`, "</textarea></script>", "javascript:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example", "https://evil.example/", "http://127.0.0.1:1/", "file:///etc/passwd",
  "{{331*337}}", `\${331*337}`, "<%= 331*337 %>", "#{331*337}", "%s%s%n", "$(id)", "`id`", "| id", "=1+1", "@SUM(1)",
  "../../../../etc/passwd", "..\\..\\windows", "%2e%2e%2f", "%252e%252e%252f", "%00", "%", "%zz", "%c0%ae", "%ed%a0%80", "/", ".", "..", "a/b",
  `x\r\n${SPLIT_HEADER}: 1`, `x\n${SPLIT_HEADER}: 1`, "a\u2028b\u0085c",
  "__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "then", "null", "undefined", "true", "[object Object]", "[]", "{}", "{\"$ne\":null}",
  "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff", "BD-2222-2222", "BD-0000-0000", "0123456789", "012345678901", "+84912345678", "a@b", "a@xn--.vn", "@", "vi,en;q=0",
]; // biome-ignore format: a list

const LONG = [200, 5000, 70_000] as const;

/** One hostile text, drawn. */
export function hostileText({ pick, below, roll }: Dice): string {
  const way = roll();
  if (way < 0.8) return pick(FIXED);
  if (way < 0.87) return pick(["a", "9", "ễ", "é", "\u0301", "😀", "%", "'", "<", " "]).repeat(pick(LONG));
  return Array.from({ length: 1 + below(30) }, () => String.fromCharCode(below(way < 0.94 ? 0x2ff : 0xffff))).join("");
}

/** One hostile JSON value, drawn: any type, also where a text is waited for. */
export function hostileJson(dice: Dice): unknown {
  const { pick, below, roll } = dice;
  const way = roll();
  if (way < 0.5) return hostileText(dice);
  if (way < 0.7) return pick([0, -1, 1.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 63, Number.MIN_VALUE]);
  if (way < 0.85)
    return pick<unknown>([null, true, false, [], {}, [[]], [null], [""], ["a", "b"], { a: 1 }, { length: 3 }]);
  if (way < 0.93) return Array.from({ length: 1 + below(300) }, () => hostileText(dice));
  return { ["__proto__"]: { polluted330: true }, constructor: { prototype: { polluted330: true } }, toString: 1 };
}
