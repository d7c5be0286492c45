import { expect, it } from "vitest";
import { words as card } from "../../src/card/words.ts";
import { words as coverage } from "../../src/coverage/words.ts";
import { words as looks } from "../../src/looks/words.ts";
import { words as promise } from "../../src/promise/words.ts";
import { words as rights } from "../../src/rights/words.ts";
import { uploadWords } from "../../src/roster/words-upload.ts";

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
])("English counts one thing as one: %s", (right, told) => {
  expect(told).toBe(right);
});
