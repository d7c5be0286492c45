import type { StepKey } from "../../src/guides/rules.ts";

/** Of which page of the walk a guide's step has its picture, and where on it one looks or presses. */
export interface GuidePicture {
  says: string;
  /** Ringed and in the middle; the top of the page when there is nothing to press. */
  press?: string;
  /** As it is before anything is sent from it. */
  isUnsent?: true;
}

const confirm = "main form button.button";

export const guidePictures: Record<StepKey, GuidePicture> = {
  start: { says: "/", press: 'main a[href="/register"]' },
  question: { says: "the question “name”", press: "main form input[type=text]" },
  check: { says: "the check of all answers", press: confirm },
  receipt: { says: "the receipt", press: 'a[href*="form.pdf"]' },
  track: { says: "a file that waits" },
  "first-password": { says: "the first password to be changed", press: "[name=newPassword]" },
  "sign-in": { says: "/sign-in", press: 'main a[href="/account/recovery"]' },
  card: { says: "/app of the worker" },
  keep: { says: "keeping the card on this phone" },
  years: { says: "/app/participation of the worker" },
  visits: { says: "/app/visits of the pensioner" },
  devices: { says: "the devices", press: "main form button" },
  who: { says: "the first question answered by a helper", press: "input[type=radio]:checked" },
  consent: { says: "the check by a helper", press: confirm },
  "helped-receipt": { says: "a receipt with contacts not confirmed" },
  family: { says: "the family of the worker", press: 'form[action="/app/family/acting"] button' },
  acting: { says: "/app while acting for a child" },
  find: { says: "places near a commune" },
  queue: { says: "the queue", press: "main input[name=q]" },
  reception: { says: "the reception", press: "main form button.button" },
  compare: { says: "the file of Võ Thị Hương", press: ".compare tbody tr" },
  accept: { says: "the file of Trần Thị Thuý Hoà", press: 'form[action$="/acceptance"] button' },
  refusal: { says: "a refusal before it is sent", press: "main form button.button" },
  account: { says: "finding an account" },
  desk: { says: "the desk of the hotline", press: 'form[action="/console/hotline/calls"] button' },
  caller: { says: "a caller who was identified" },
  matters: { says: "a caller who was identified", press: "button[name=act][value=open]" },
  ticket: { says: "a request for help", press: 'button:has-text("Trả lời và gửi")' },
  themes: { says: "what recurs at the hotline" },
  invitation: { says: "the code of an invitation", press: "main form input[type=text]" },
  people: { says: "my people" },
  upload: { says: "a list that was sent without its file", isUnsent: true, press: "input[type=file]" },
  person: { says: "one of my people", press: 'button:has-text("Bắt đầu khai")' },
  appointment: { says: "windows for many at the office", press: "main form button.button" },
  letter: { says: "the box for the code of a letter", press: "main form input[type=text]" },
  units: { says: "the units of the roll-out" },
  invite: { says: "a unit with an invitation", press: 'button:has-text("Gửi lời mời")' },
  air: { says: "a unit's campaign", press: 'summary:has-text("Đặt lịch phát")' },
  poster: { says: "a unit's campaign", press: 'a[href$="papers/poster-a4"]' },
  "desk-day": { says: "a unit's campaign", press: 'summary:has-text("Đặt ngày hỗ trợ")' },
  "help-page": { says: "/help" },
  "leader-page": { says: "the leader's page" },
  coverage: { says: "coverage of the office's units" },
  "coverage-unit": {
    says: "one unit by week, and a target without a share",
    isUnsent: true,
    press: 'button:has-text("Đặt chỉ tiêu")',
  },
  definitions: { says: "how coverage is counted" },
  second: { says: "files that wait for a second person", press: 'main a:has-text("Chờ cán bộ kiểm soát")' },
  looks: { says: "unusual looks" },
  promise: { says: "the promise of fifteen minutes" },
  outbox: { says: "the outbox", press: 'nav[aria-label="Lọc theo trạng thái"]' },
  message: { says: "one message" },
  intake: { says: "the files received" },
};
