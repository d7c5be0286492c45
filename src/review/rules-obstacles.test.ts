import { describe, expect, it } from "vitest";
import { type Circumstances, HELD_AT_MOST, needOf, obstaclesOf, overallNeed } from "./rules.ts";

const clean: Circumstances = {
  ...{
    isRead: true,
    originalSeen: true,
    formSigned: true,
    faceMatches: true,
    hasCopyOnFile: true,
    hasSignInNumber: true,
  },
  ...{ isPaperOutOfDate: false, isEndedCmnd: false, hasPaperToChoose: false, hasNamesake: false, hasDied: false },
  ...{ hasAccount: false, isPhoneTaken: false, isPhoneOfMany: false, personsFound: 1 },
};
const found = (change: Partial<Circumstances>) => obstaclesOf({ ...clean, ...change });

describe("each thing in the way is named, with what it takes", () => {
  it.each<[Partial<Circumstances>, string, string]>([
    [{ isRead: false }, "not_read", "impossible"],
    [{ originalSeen: false }, "original_not_seen", "impossible"],
    [{ formSigned: false }, "form_not_signed", "impossible"],
    [{ faceMatches: false }, "face_differs", "impossible"],
    [{ isPaperOutOfDate: true }, "paper_out_of_date", "supervisor"],
    [{ isEndedCmnd: true }, "cmnd_ended", "note"],
    [{ hasCopyOnFile: false }, "no_copy_on_file", "note"],
    [{ hasPaperToChoose: true }, "paper_to_choose", "impossible"],
    [{ personsFound: 2 }, "numbers_of_two_persons", "impossible"],
    [{ personsFound: 0 }, "not_in_register", "note"],
    [{ hasNamesake: true }, "namesake_in_register", "note"],
    [{ hasDied: true }, "person_died", "impossible"],
    [{ hasAccount: true }, "has_account", "impossible"],
    [{ isPhoneTaken: true }, "phone_taken", "impossible"],
    [{ lacksGuardian: true }, "guardian_missing", "impossible"],
    [{ isPhoneOfMany: true }, "phone_of_many", "note"],
    [{ hasSignInNumber: false }, "no_sign_in_number", "impossible"],
  ])("%j: %s takes %s", (change, obstacle, need) => {
    expect(found(change)).toEqual([{ obstacle, need }]);
  });

  it("what a reception would show is not asked before one", () => {
    const unread = { isRead: false, originalSeen: false, formSigned: false, faceMatches: false, lacksGuardian: true };
    expect(found(unread)).toEqual([{ obstacle: "not_read", need: "impossible" }]);
    expect(found({ lacksGuardian: false })).toEqual([]);
  });
});

describe("what a difference takes", () => {
  it.each([
    ["name", "real", "supervisor"],
    ["id_number", "real", "supervisor"],
    ["birth", "missing_one_side", "note"],
    ["phone", "real", "note"],
    ["phone", "missing_one_side", "nothing"],
    ["name", "missing_marks", "note"],
    ["name", "tone_placement", "nothing"],
    ["name", "case_or_space", "nothing"],
    ["sex", "equal", "nothing"],
  ] as const)("%s, %s: %s", (field, difference, need) => {
    expect(needOf(field, difference)).toBe(need);
  });

  it("is the most that anything asks for, nothing where nothing asks", () => {
    expect(overallNeed([], [])).toBe("nothing");
    expect(overallNeed([], [{ need: "note" }, { need: "supervisor" }, { need: "nothing" }])).toBe("supervisor");
    expect(HELD_AT_MOST).toBe(3);
  });
});
