/** How a card stands, in words: on the pages, and on the telephone that keeps the card. */
export const cardStates = {
  vi: {
    valid: "Thẻ đang dùng được",
    not_yet: "Thẻ chưa đến ngày dùng",
    ended: "Thẻ đã hết hạn",
    replaced: "Thẻ đã được thay bằng thẻ mới",
    revoked: "Thẻ đã bị thu hồi",
    reported_down: "Thẻ đã báo giảm",
  },
  en: {
    valid: "The card is valid",
    not_yet: "The card is not valid yet",
    ended: "The card has ended",
    replaced: "The card was replaced by a new one",
    revoked: "The card was revoked",
    reported_down: "The card was reported as stopped",
  },
};
