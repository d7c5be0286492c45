import type { House } from "../db/house.ts";
import { authorityForm, cyberForm, personLetter, subjectList } from "./forms.ts";
import { type Breach, countKinds, type SubjectRow, subjectsOf, totalsOf } from "./store.ts";

const PAGE = 1000;

/** The papers of a breach by the name of their file, from what was kept when it was opened. */
export async function writePack(
  { db }: House,
  breach: Breach,
): Promise<{ papers: Record<string, string>; persons: number; files: number }> {
  const totals = await totalsOf(db, breach.breachId);
  const facts = { breach, totals, kinds: await countKinds(db, breach.breachId) };
  const subjects: SubjectRow[] = [];
  for (let after = { personId: "-1", declarationId: "0" }; ; ) {
    const page = await subjectsOf(db, breach.breachId, after, PAGE);
    const last = page.at(-1);
    if (!last) break;
    subjects.push(...page);
    after = last;
  }
  const papers = {
    "mau-08-co-quan-bao-ve-du-lieu.md": authorityForm(facts),
    "bao-cao-su-co-an-ninh-mang.md": cyberForm(facts),
    "thu-gui-nguoi-co-du-lieu.md": personLetter(facts),
    "danh-sach-nguoi-bi-anh-huong.csv": subjectList(subjects),
  };
  return { papers, persons: totals.persons, files: totals.files };
}
