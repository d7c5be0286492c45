import { expect, it } from "vitest";
import { commandSentence } from "./command-sentence.ts";
import { NotFound } from "./kernel/failures.ts";

it.each([
  [new NotFound("staff"), "no member of staff has this user name: bin/vssid user list"],
  [new NotFound("person"), "nobody has this number"],
  [new NotFound("declaration"), "no file has this code"],
  [new NotFound("token"), "there is no such token"],
  [new Error("--why is empty"), "--why is empty"],
])("a command that could not run says why in words: %s", (error, sentence) => {
  expect(commandSentence(error)).toBe(sentence);
});
