import { builtInWords } from "../../../src/notices/sentences.ts";
import type { Row } from "./kinds.ts";
import { bySupervisor, supervisorOrOperator } from "./rows.ts";

/** The words of messages are one for the country: supervisors write and approve, operators read. */
const template = "ward_accepted";
const one = { template, lang: "vi", version: "1" };
const at = (form: Record<string, string> = {}) => ({ given: () => ({ params: one, form }) });
const typed = { ...builtInWords(template, "vi"), from: "1", act: "preview" };

/** A draft of somebody else: whoever may decide is told that it cannot be decided on yet. */
const newVersion: Row = {
  ...bySupervisor({ alsoIn: [409] }),
  before: async (house) => {
    await house.pool.query(
      `insert into message_text (template, lang, version, based_on, sms, subject, body, note, author_id, written_at)
       select $1, 'vi', 2, 1, 'x', 'x', 'x', '', min(staff_id), $2 from staff on conflict do nothing`,
      [template, house.clock.now()],
    );
  },
  given: () => ({ params: { ...one, version: "2" }, form: { reason: "Thử" } }),
};

export const textRows: Record<string, Row> = {
  "GET /console/texts": supervisorOrOperator(),
  "GET /console/texts/:template": supervisorOrOperator(at()),
  "GET /console/texts/:template/:lang/edit": bySupervisor(at()),
  "POST /console/texts/:template/:lang/edit": bySupervisor(at(typed)),
  "GET /console/texts/:template/:lang/:version": supervisorOrOperator(at()),
  ...Object.fromEntries(
    ["proposal", "approval", "refusal", "retirement"].flatMap((act): [string, Row][] => [
      [`POST /console/texts/:template/:lang/:version/${act}`, newVersion],
      [`GET /console/texts/:template/:lang/:version/${act}`, supervisorOrOperator(at())],
    ]),
  ),
};
