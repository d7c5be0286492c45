import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { words as benefits } from "../../src/benefits/words-next.ts";
import { words as card } from "../../src/card/words.ts";
import { words as coverage } from "../../src/coverage/words.ts";
import { projectRoot } from "../../src/db/root.ts";
import { words as looks } from "../../src/looks/words.ts";
import { words as participation } from "../../src/participation/words.ts";
import { words as promise } from "../../src/promise/words.ts";
import { words as rights } from "../../src/rights/words.ts";
import { words as roster } from "../../src/roster/words.ts";
import { uploadWords } from "../../src/roster/words-upload.ts";
import { words as staffFactor } from "../../src/staff-factor/words.ts";

const { leader } = coverage.en;
const upload = uploadWords.en;

it.each([
  ["1 day left on the card.", card.en.endsSoon(1)],
  ["1 day left", rights.en.left(1)],
  ["1 day over", rights.en.left(-1)],
  ["2 days left", rights.en.left(2)],
  ["1 line not taken", upload.refusedTitle(1)],
  ["1 line that is hidden in the file was taken too.", upload.hidden(1)],
  ["1 person is not in the new list", upload.missingTitle(1)],
  ["Confirm that 1 person left", upload.missingAct(1)],
  ["1 person is noted as having left.", upload.missingDone(1)],
  ["1 unit is not shown because the group is too small.", coverage.en.hidden(1)],
  ["1 unit has no roster yet.", coverage.en.empty(1)],
  ["Signed in: 1 more person", leader.gainOf("Signed in", "1")],
  ["Signed in: 1 person fewer", leader.fewer("Signed in", "1")],
  ["1 more person on rosters", leader.joined("1")],
  ["1 person fewer on rosters", leader.left("1")],
  ["1 person to go", leader.missing("1")],
  ["12 people to go", leader.missing("12")],
  ["and 1 more unit, see the list", leader.more(1)],
  ["1 day left", leader.daysLeft(1)],
  ["1 unusual look must be seen at once.", looks.en.alarm.text(1)],
  ["1 request about personal data is close to its term or past it.", promise.en.watch.rights_pressing(1)],
  ["Kept for 1 day.", upload.refusedKept(1)],
  ["The window is set. The office expects 1 person of other units then.", upload.appointments.doneWith(1)],
  ["1 person of the unit is not in the file; the coordinator confirms on the page", upload.cli.missing(1)],
  ["1 of 1 person", roster.en.of(1, 1)],
  ["What comes next needs a new confirmation. It holds for 1 minute.", staffFactor.en.code.leadAgain(1)],
  ["On day 10 of each month workers are told which months are overdue by 1 day.", participation.en.noticeWhy(10, 1)],
  ["The term is 1 day from the return to work (Social Insurance Law).", benefits.en.handInHow(1)],
])("English counts one thing as one: %s", (right, told) => {
  expect(told).toBe(right);
});

it("the authority has one name in English", () => {
  const sources = globSync("src/**/*.{ts,tsx}", { cwd: projectRoot });
  const others = sources.filter((path) => readFileSync(join(projectRoot, path), "utf8").includes("Social Security"));
  expect([sources.length > 500, others]).toEqual([true, []]);
});
