import { describe, expect, test } from "vitest";
import { illnessInWords } from "./illness.ts";

describe("an illness in plain words", () => {
  test.each([
    ["E11.9", "Tiểu đường típ 2", "Diabetes, type 2"],
    ["i10", "Tăng huyết áp", "High blood pressure"],
    ["J15.2", "Bệnh hô hấp", "Disease of the airways"],
    ["D60", "Bệnh về máu và miễn dịch", "Disease of the blood and immunity"],
    ["H60", "Bệnh về tai", "Disease of the ear"],
    ["U07.1", "Bệnh có mã riêng", "Condition with a special code"],
    ["Z51", "Khám, tư vấn, theo dõi", "Check-up, advice or follow-up"],
  ])("%s is told as %s", (code, vi, en) => {
    expect(illnessInWords(code, "vi")).toBe(vi);
    expect(illnessInWords(code, "en")).toBe(en);
  });

  test.each(["", "123", "E1", "khong ro"])("what is no code (%s) is not named", (code) => {
    expect(illnessInWords(code, "vi")).toBeUndefined();
  });
});
