import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anyone, type Staff } from "../../src/kernel/actor.ts";
import { PlainBrowser } from "../../src/registration/browser.fixture.ts";
import { aDraft } from "../../src/registration/files.fixture.ts";
import { forgetOld } from "../../src/registration/forget.ts";
import { lapseDue } from "../../src/registration/lapse-due.ts";
import { type EventKind, STATUSES, type Status } from "../../src/registration/rules.ts";
import { withdraw } from "../../src/registration/withdraw.ts";
import { accept } from "../../src/review/accept.ts";
import { aConfirmed, aReceived, aStaff } from "../../src/review/counter.fixture.ts";
import { refuse } from "../../src/review/refuse.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

/**
 * A state in which a person can do nothing is a fault. For each state: what they see, what they can do, who was told,
 * and when it ends. One table; whoever changes a state changes a row here.
 */
let house: TestHouse;
let lan: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
});
afterAll(() => house.close());

const monday = new Date("2026-11-23T02:00:00Z");
const sentence = { grounds: ["form_not_signed"], sentence: "Tờ khai chưa ký. Khai lại, in và ký trước khi nộp." };
const by = (code: string) => ({ code, actor: anyone, now: house.clock.now() });

/** Makes a file of that state; answers its code and id. */
const make: Record<Status, () => Promise<{ code: string; id: string }>> = {
  draft: () => aDraft(house),
  confirmed: () => aConfirmed(house),
  withdrawn: async () => withdraw(house, by((await aConfirmed(house)).code)),
  async lapsed() {
    const file = await aConfirmed(house);
    house.clock.moveTo(new Date("2026-12-03T17:00:00Z"));
    await lapseDue(house);
    return file;
  },
  received: () => aReceived(house, lan),
  async accepted() {
    const { code } = await aReceived(house, lan);
    return accept(house, lan, { code, note: "" });
  },
  async refused() {
    const { code } = await aReceived(house, lan);
    return refuse(house, lan, { code, ...sentence });
  },
};

interface State {
  /** What stands on the page to which code and birth date lead. */
  sees: string[];
  /** Where its links and buttons lead. */
  can: string[];
  /** Who was told what, by which way. */
  told: string[];
  /** When, and through whom, it ends: for the reader of this table. */
  ends: string;
}

const both = (template: string) => [`${template} email`, `${template} sms`];
/** All in one hour: a telephone that was not proved is told of the confirmation, not of the withdrawal as well. */
const inItsHour = (template: string) => (template === "declaration_withdrawn" ? [`${template} email`] : both(template));
const kept = (until: string) => `Câu trả lời của Ông/Bà vẫn còn ở đây, đến hết ngày ${until}.`;

const STATES: Record<Status, State> = {
  draft: {
    sees: ["Kiểm tra trước khi xác nhận", "Hạn nộp là 10 ngày."],
    can: ["/register/confirmation", "/register/deletion", "/register/paper", "/register/phone"],
    told: [],
    ends: "the person confirms, withdraws or deletes; 30 days after the last answer it is wiped",
  },
  confirmed: {
    sees: ["Đã xác nhận tờ khai", "thứ Năm, 03/12/2026", "tự động hủy để bảo vệ thông tin"],
    can: ["/register/form.pdf", "/register/track", "/register/withdrawal"],
    told: both("declaration_confirmed"),
    ends: "the office receives it, the person withdraws, or 24:00 of the last day",
  },
  received: {
    sees: ["Cơ quan BHXH đối chiếu", "Ông/Bà sẽ nhận tin trước 09:15"],
    can: ["/register/form.pdf"],
    told: both("declaration_confirmed"),
    ends: "the office decides; the result leaves within 15 minutes of the complete file",
  },
  accepted: {
    sees: ["Chấp nhận. Tài khoản đã được cấp", "Đăng nhập bằng mã kích hoạt trong tin nhắn"],
    can: ["/sign-in"],
    told: [...both("declaration_accepted"), ...both("declaration_confirmed")],
    ends: "it does not: the account goes on",
  },
  refused: {
    sees: ["Không chấp nhận", sentence.sentence, kept("23/12/2026")],
    can: ["/register/again"],
    told: [...both("declaration_confirmed"), ...both("declaration_refused")],
    ends: "the person declares again; the answers are offered for 30 days",
  },
  lapsed: {
    sees: ["Tờ khai đã tự động hủy", "Ông/Bà không mất quyền gì.", kept("03/01/2027")],
    can: ["/register/again"],
    told: [...both("declaration_confirmed"), ...both("declaration_lapsed")],
    ends: "the person declares again; the answers are wiped after 30 days",
  },
  withdrawn: {
    sees: ["Ông/Bà đã rút tờ khai", kept("23/12/2026")],
    can: ["/register/again"],
    told: [...both("declaration_confirmed"), "declaration_withdrawn email"],
    ends: "the person declares again; the answers are wiped after 30 days",
  },
};

async function comeBack(code: string): Promise<PlainBrowser> {
  const browser = await new PlainBrowser(house.app as unknown as FastifyInstance).open("/register/resume");
  return browser.post("/register/resume", { code, birth_day: "15", birth_month: "1", birth_year: "1990" });
}

function waysOn({ html }: PlainBrowser): string[] {
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  return [...main.matchAll(/(?:href|action)="([^"]+)"/g)].map(([, way = ""]) => way);
}

async function toldOf(id: string): Promise<string[]> {
  const rows = await house.db
    .selectFrom("notice")
    .select(["template", "channel"])
    .where("declaration_id", "=", id)
    .execute();
  return rows.map(({ template, channel }) => `${template} ${channel}`).sort();
}

describe("in every state", () => {
  it.each(STATUSES)("%s: the person sees where it stands, can do something, and was told", async (status) => {
    house.clock.moveTo(monday);
    const { code, id } = await make[status]();
    const state = STATES[status];
    const browser = await comeBack(code);
    expect(browser.status).toBe(200);
    for (const words of state.sees) expect(browser.text).toContain(words);
    expect(waysOn(browser)).toEqual(expect.arrayContaining(state.can));
    expect(await toldOf(id)).toEqual(state.told);
    expect(state.ends).not.toBe("");
  });

  it("of a file that has ended, one button brings the answers into a new declaration", async () => {
    for (const status of ["refused", "lapsed", "withdrawn"] as const) {
      house.clock.moveTo(monday);
      const { code } = await make[status]();
      const browser = await comeBack(code);
      await browser.post("/register/again");
      expect(browser.path).toBe("/register/check");
      for (const words of ["Nguyễn Thị Diễm Hương", "15/01/1990"]) expect(browser.text).toContain(words);
      expect(browser.text).not.toContain(code);
      const again = /BD-\w{4}-\w{4}/.exec(browser.text)?.[0];
      const later = await (await comeBack(code)).post("/register/again");
      expect(later.text).toContain(again ?? "no code");
    }
  });

  it("after 30 days the answers are gone, and that is said kindly, with a way on", async () => {
    const gone = "Đã quá 30 ngày nên câu trả lời cũ không còn.";
    for (const status of ["refused", "lapsed", "withdrawn"] as const) {
      house.clock.moveTo(monday);
      const { code } = await make[status]();
      house.clock.moveTo(new Date("2027-01-10T02:00:00Z"));
      const unswept = await comeBack(code);
      expect(unswept.text, status).toContain(gone);
      expect(waysOn(unswept)).toContain("/register");
      expect(waysOn(unswept)).not.toContain("/register/again");
      expect((await unswept.post("/register/again")).path).toBe("/register/track");
      await forgetOld(house);
      const swept = await comeBack(code);
      expect(swept.text.toLowerCase(), status).toContain("câu trả lời cũ không còn");
      expect(waysOn(swept)).toContain("/register");
    }
  });
});

/** N8: every step that matters to the person has its message, or a written reason why it has none. */
const TOLD: Record<EventKind, string> = {
  drafted: "none, because the person is sitting before it",
  confirmed: "declaration_confirmed",
  withdrawn: "declaration_withdrawn",
  lapsed: "declaration_lapsed",
  received: "none, because the result follows within 15 minutes",
  taken: "none, because it says who works on the file, not where it stands",
  released: "none, because it says who works on the file, not where it stands",
  proposed: "none, because a second person decides within the same 15 minutes",
  sent_back: "none, because it says who works on the file, not where it stands",
  paper_filed: "none, because the person is standing at the counter",
  printed: "none, because the person holds it in their hands",
  handed_over: "declaration_handed_over",
  batched: "none, because the person gave the form to their own unit",
  unbatched: "none, because the unit has the form again",
  accepted: "declaration_accepted",
  refused: "declaration_refused",
};

it("every step has its message or a reason for none (N8)", async () => {
  house.clock.moveTo(monday);
  for (const status of STATUSES) {
    const { id } = await make[status]();
    const { rows } = await house.pool.query<{ kind: EventKind }>(
      "select kind from declaration_event where declaration_id = $1",
      [id],
    );
    const due = rows.map(({ kind }) => TOLD[kind]).filter((told) => !told.startsWith("none, because "));
    expect(await toldOf(id)).toEqual(due.flatMap(inItsHour).sort());
    house.clock.moveTo(monday);
  }
});
