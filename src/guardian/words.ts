import { catalogue } from "../kernel/words.ts";

/** What citizens read of acting for a child or ward. The counter's words stand in words-counter.ts. */
export type LinkChangeWord = "linked" | "blocked" | "restored" | "ended";

export const words = catalogue(
  {
    /** After "việc xem thay hồ sơ …": in messages. */
    changes: {
      linked: "đã được mở",
      blocked: "đã tạm ngừng",
      restored: "đã được mở lại",
      ended: "đã kết thúc",
    } satisfies Record<LinkChangeWord, string>,
    title: "Gia đình",
    lead: "Xem thay hồ sơ của con hoặc người được giám hộ. Mỗi lần xem đều được ghi lại.",
    now: (name: string) => `Đang xem hồ sơ của ${name}.`,
    none: "Tài khoản này chưa liên kết với con hay người được giám hộ nào.",
    how: "Muốn liên kết",
    howSteps: [
      "Khai tờ khai cho con trên trang này, chọn “Cho con hoặc người tôi giám hộ”.",
      "Đến cơ quan BHXH, mang giấy khai sinh hoặc quyết định giám hộ bản gốc.",
      "Con chưa có điện thoại thì dùng số của Ông/Bà. Hồ sơ của con không có mật khẩu riêng.",
    ],
    howLink: "Khai tờ khai cho con",
    relations: {
      mother: "mẹ",
      father: "cha",
      adoptive_parent: "cha mẹ nuôi",
      guardian: "người giám hộ",
    },
    /** What the ward is to the guardian. */
    wards: { mother: "con", father: "con", adoptive_parent: "con nuôi", guardian: "người được giám hộ" },
    born: "Ngày sinh",
    relation: "Ông/Bà là",
    until: "Xem thay được",
    untilDay: (day: string) => `đến hết ngày ${day}`,
    untilNone: "đến khi có thay đổi",
    fromDay: (day: string) => `từ ngày ${day}`,
    open: (name: string) => `Xem hồ sơ của ${name}`,
    notNow: {
      blocked: "Đang tạm ngừng. Cần biết lý do, xin đến cơ quan BHXH.",
      not_yet: "Chưa đến ngày bắt đầu.",
      closed: "Tài khoản này đã đóng. Muốn mở lại, xin đến cơ quan BHXH.",
    },
    seen: "Ông/Bà đã xem thay",
    seenNone: "Chưa có lần xem thay nào.",
    seenColumns: { at: "Lúc", who: "Hồ sơ của", what: "Việc" },
    mine: "Ai xem thay được hồ sơ của tôi",
    mineLead: (name: string, relation: string) => `${name} (${relation})`,
    back: "Về hồ sơ của tôi",
  },
  {
    changes: { linked: "was opened", blocked: "was suspended", restored: "was opened again", ended: "has ended" },
    title: "Family",
    lead: "Open the record of your child or ward. Each look is on record.",
    now: (name) => `You are looking at the record of ${name}.`,
    none: "No child or ward is linked to this account yet.",
    how: "To link somebody",
    howSteps: [
      "Fill in the form for your child here: choose “My child or ward”.",
      "Go to a BHXH office with the original birth certificate or decision on guardianship.",
      "A child without a phone uses yours. The child's record has no password of its own.",
    ],
    howLink: "Fill in the form for a child",
    relations: {
      mother: "mother",
      father: "father",
      adoptive_parent: "adoptive parent",
      guardian: "guardian",
    },
    wards: { mother: "child", father: "child", adoptive_parent: "adopted child", guardian: "ward" },
    born: "Born",
    relation: "You are",
    until: "You can act for them",
    untilDay: (day) => `to the end of ${day}`,
    untilNone: "until something changes",
    fromDay: (day) => `from ${day}`,
    open: (name) => `Open the record of ${name}`,
    notNow: {
      blocked: "Suspended. To learn why, please go to a BHXH office.",
      not_yet: "It has not begun yet.",
      closed: "This account is closed. To open it again, please go to a BHXH office.",
    },
    seen: "What you looked at for them",
    seenNone: "You have not looked at anything for anybody.",
    seenColumns: { at: "When", who: "Record of", what: "What" },
    mine: "Who can look at my record for me",
    mineLead: (name, relation) => `${name} (${relation})`,
    back: "Back to my own record",
  },
);
