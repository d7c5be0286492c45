import type { PlainDate } from "../kernel/calendar.ts";
import { dayOf } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { notice1 } from "./rules-notice-1.ts";
import { notice2 } from "./rules-notice-2.ts";

/** Privacy notices by date, and what needs a person's consent (Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP). Pure. */
export interface NoticeText {
  title: string;
  lead: string;
  parts: readonly (readonly [title: string, lines: readonly string[]])[];
  law: string;
  ask: string;
}

export interface PrivacyNotice {
  version: number;
  /** ISO day from which it is in force. */
  from: string;
  /** What is new in it, for whoever read the one before. */
  news: Record<Lang, readonly string[]>;
  text(lang: Lang): NoticeText;
}

/** In the order of their days. A version that was in force is never edited: a later one takes its place. */
export const NOTICES: readonly PrivacyNotice[] = [
  { version: 1, from: "2021-01-01", news: { vi: [], en: [] }, text: (lang) => notice1(lang) as NoticeText },
  {
    version: 2,
    from: "2026-11-16",
    news: {
      vi: [
        "Việc làm theo luật và việc cần đồng ý được nói riêng.",
        "Ông/Bà rút lại sự đồng ý, tải bản sao dữ liệu, yêu cầu xóa ngay trong tài khoản.",
        "Bản kê có mã để nơi nhận kiểm tra; họ chỉ thấy chữ đầu họ tên và các số tổng.",
      ],
      en: [
        "What is done by law and what by consent are told apart.",
        "You take consent back, take a copy of your data and ask for deletion in the account.",
        "Papers bear a code by which their receiver sees initials and totals only.",
      ],
    },
    text: (lang) => notice2(lang) as NoticeText,
  },
];

export function noticeOn(day: PlainDate): PrivacyNotice {
  const held = NOTICES.findLast(({ from }) => from <= day.toString()) ?? NOTICES[0];
  if (!held) throw new Error("there is no privacy notice");
  return held;
}

export function findNotice(version: string | undefined, today: PlainDate): PrivacyNotice | undefined {
  return NOTICES.find((one) => String(one.version) === version && one.from <= today.toString());
}

/** Whoever registered under a version was shown it then; a newer one is shown at the next sign-in. */
export function dueNotice(
  known: { activatedAt: Date; seenVersion: number | undefined },
  today: PlainDate,
): PrivacyNotice | undefined {
  const present = noticeOn(today);
  const shown = Math.max(noticeOn(dayOf(known.activatedAt)).version, known.seenVersion ?? 0);
  return present.version > shown ? present : undefined;
}

/** What is done with consent alone: notices on devices, the optional e-mail, pictures that were sent by choice. */
export const CONSENTS = ["push", "email", "photos"] as const;
export type ConsentKind = (typeof CONSENTS)[number];
export type ConsentSource = "declaration" | "online" | "counter";
