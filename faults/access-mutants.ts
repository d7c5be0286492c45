/** Each takes one relation check out of the product: whoever asks is no longer held to what is theirs. */
export interface Mutant {
  name: string;
  /** In the one file: the text, which stands there once, and what takes its place. */
  changes: readonly { file: string; from: string; to: string }[];
  /** Which tests must see it, where not those of the access table. */
  tests?: readonly string[];
}

const one = (name: string, file: string, from: string, to: string, tests?: readonly string[]): Mutant => ({
  ...{ name, changes: [{ file, from, to }] },
  ...(tests ? { tests } : {}),
});

/** Where the second wall, too, keeps foreign rows away, the first is only seen to be missing with the second down. */
const withWallDown = (mutant: Mutant): Mutant => ({
  ...mutant,
  name: `${mutant.name}, with the second wall down`,
  changes: [
    ...mutant.changes,
    { file: "src/web/wall.ts", from: "  return behindDeskWall(staff.staffId, now, work);", to: "  return work();" },
  ],
});

export const mutants: readonly Mutant[] = [
  one(
    "a file of another office at the counter",
    "src/review/desk.ts",
    'if (!officeCode || file.status === "draft" || !officesAtWork(staff).includes(officeCode)) {',
    'if (!officeCode || file.status === "draft") {',
  ),
  one(
    "a merge of another office",
    "src/register/merge-desk.ts",
    "if (!merge || !officesAtWork(staff).includes(merge.officeCode))",
    "if (!merge)",
  ),
  withWallDown(
    one(
      "a report of another office",
      "src/dispute/desk.ts",
      "if (!found?.officeCode || !officesAtWork(staff).includes(found.officeCode))",
      "if (!found?.officeCode)",
    ),
  ),
  withWallDown(
    one(
      "a result that reached nobody, of another office",
      "src/unreached/desk.ts",
      "if (!task || !officesAtWork(staff).includes(task.officeCode))",
      "if (!task)",
    ),
  ),
  one(
    "a batch of another office",
    "src/batch/store.ts",
    '.where("batch_id", "=", /^\\d{1,18}$/.test(id) ? id : "0")\n    .where("office_code", "in", officeCodes.length > 0 ? [...officeCodes] : [""]);',
    '.where("batch_id", "=", /^\\d{1,18}$/.test(id) ? id : "0");',
  ),
  one(
    "a file that another facility sent",
    "src/facility/store-uploads.ts",
    '.where("upload_id", "=", id)\n    .where("facility_code", "=", facilityCode)\n    .executeTakeFirst();',
    '.where("upload_id", "=", id)\n    .executeTakeFirst();',
  ),
  one(
    "a role that an address does not name",
    "src/web/access.ts",
    'if (who.includes("any_staff") || actor.roles.some((held) => who.includes(held.role))) return;',
    "return;",
  ),
  one(
    "a first password that was not changed",
    "src/web/access.ts",
    '(scope === "full" && who.includes("citizen"))',
    'who.includes("citizen")',
  ),
  one("a second factor that is owed", "src/web/access.ts", 'if (actor.owes) throw new Forbidden("must_settle");', ""),
  one(
    "a facility where people are meant",
    "src/web/access.ts",
    'if (who.includes("facility")) return;\n    throw new Forbidden();',
    "return;",
  ),
  one("nobody signed in at all", "src/web/access.ts", "  throw new NotSignedIn();\n", ""),
  one(
    "the pass of another file",
    "src/registration/file-pass.ts",
    "if (!vault.isMark(PURPOSE,",
    "if (pass === PURPOSE && !vault.isMark(PURPOSE,",
  ),
  one(
    "a ward of somebody else",
    "src/guardian/store.ts",
    'const open = links(db).where("link.guardian_id", "=", guardianId).where("link.status", "=", "active");',
    'const open = links(db).where("link.status", "=", "active");',
    ["src/guardian/isolation.store.test.ts", "src/guardian/acting.store.test.ts"],
  ),
  {
    name: "the visits of somebody else, with the second wall down",
    changes: [
      {
        file: "src/visits/store.ts",
        from: 'const own = db.selectFrom("visit").where("visit.person_id", "=", personId);',
        to: 'const own = db.selectFrom("visit").where("visit.person_id", ">", personId.slice(99));',
      },
      {
        file: "src/web/wall.ts",
        from: "  if (!actingFor) return behindWall([personId], work, limitedUntil ? [personId] : []);",
        to: "  return work();",
      },
    ],
  },
  one(
    "a record without a case of the office",
    "src/looks/store-look.ts",
    'asks === "must"}::boolean and k.case_kind is null as has_no_case',
    "false}::boolean as has_no_case",
    ["src/looks/looks.store.test.ts"],
  ),
];
