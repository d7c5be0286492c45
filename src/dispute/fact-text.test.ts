import { expect, it } from "vitest";
import type { House } from "../db/house.ts";
import { factText } from "./fact-text.ts";

const told = (id: string, lang: "vi" | "en") =>
  factText({} as House, { personId: "1" } as Parameters<typeof factText>[1], { kind: "benefit", id }, lang);

it("benefits of one day are told apart by the names of their own page, which tell of no illness", async () => {
  const day = "2010-06-01";
  expect(
    await Promise.all(["monthly", "one_off", "short_term", "unemployment"].map((kind) => told(`${kind}.${day}`, "vi"))),
  ).toEqual([
    "Lương hưu, trợ cấp hằng tháng, hưởng từ 01/06/2010",
    "BHXH một lần, hưởng từ 01/06/2010",
    "Ốm đau, thai sản, dưỡng sức, hưởng từ 01/06/2010",
    "Trợ cấp thất nghiệp, hưởng từ 01/06/2010",
  ]);
  expect(await told(`one_off.${day}`, "en")).toMatch(/^Lump sum, from /);
  expect(await told("", "vi")).toBe("Chế độ chưa thấy trong hồ sơ");
});
