import { findStaffByUsername } from "../../account/store-staff.ts";
import type { House } from "../../db/house.ts";
import { inTransaction } from "../../db/transaction.ts";
import { readAnswer, saveAnswer } from "../../hotline/answer-ticket.ts";
import { approveAnswer, writeAnswer } from "../../hotline/answers.ts";
import { openTicket } from "../../hotline/open-ticket.ts";
import { reportByWeb } from "../../hotline/report.ts";
import type { Priority } from "../../hotline/rules-clock.ts";
import { publicAnswers } from "../../hotline/store-answers.ts";
import { lockTicket } from "../../hotline/store-ticket.ts";
import type { Staff, StaffRole } from "../../kernel/actor.ts";
import { answers } from "../hotline-answers.ts";
import type { Story } from "../story.ts";

/** The hotline has a library, weeks behind it, and a few requests that wait. */
export const hotline: Story = {
  async live({ house, now }) {
    const agent = await staffOf(house, "duong.day", "hotline");
    const supervisor = await staffOf(house, "kiemsoat.tuyphuoc", "supervisor");
    for (const { category, questionVi, bodyVi, questionEn, bodyEn } of answers) {
      const form = { category, question_vi: questionVi, body_vi: bodyVi, question_en: questionEn, body_en: bodyEn };
      await approveAnswer(house, supervisor, await writeAnswer(house, agent, form));
    }
    for (const [daysAgo, count, category] of past) {
      const at = (hours: number) => new Date(now.getTime() - daysAgo * 86_400_000 + hours * 3600_000);
      for (let nth = 0; nth < count; nth += 1)
        await wasAnswered(house, agent, { category, openedAt: at(0), answeredAt: at(1) });
    }
    for (const report of waiting) await reportByWeb(house, report, { address: "192.0.2.73", lang: "vi" });
    return undefined;
  },
};

/** Days ago, how many, what about. */
const past = [
  [15, 5, "password"],
  [8, 6, "password"],
  [8, 5, "not_arrived"],
] as const;

const waiting = [
  {
    name: "Lê Thị Mẫu Bảy",
    contact: "0999900731",
    category: "not_arrived",
    says: "Tôi nộp tờ khai ở xã sáng nay nhưng chưa thấy tin nhắn nào.",
  },
  {
    name: "Phan Văn Thử",
    contact: "0999900732",
    category: "fraud",
    says: "Có người gọi bảo cài bản VssID 4.0 và hỏi mã xác nhận của tôi.",
  },
];

async function staffOf(house: House, username: string, role: StaffRole): Promise<Staff> {
  const row = await findStaffByUsername(house.db, username);
  if (!row) throw new Error(`${username} works at the desk`);
  return { kind: "staff", staffId: row.staff_id, name: row.full_name, sessionId: "", roles: [{ role }] };
}

async function wasAnswered(
  house: House,
  agent: Staff,
  { category, openedAt, answeredAt }: { category: string; openedAt: Date; answeredAt: Date },
): Promise<void> {
  const then = { ...house, clock: { now: () => openedAt } };
  const [first] = (await publicAnswers(house.db)).filter((answer) => answer.category === category);
  if (!first) throw new Error(`no answer about ${category}`);
  const spoken = { answer: first.bodyVi, from: first.key, spoken: "yes" };
  await inTransaction(house.db, async (tx) => {
    const { code } = await openTicket(tx, then, agent, {
      ...{ category, priority: "normal" satisfies Priority, channel: "call", lang: "vi", phone: "0999900733" },
      ...{ says: first.questionVi, assignedTo: agent.staffId },
    });
    const ticket = await lockTicket(tx, code);
    if (ticket) await saveAnswer(tx, house, agent, ticket, readAnswer(spoken), answeredAt);
  });
}
