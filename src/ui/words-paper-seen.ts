import { catalogue } from "../kernel/words.ts";

/** What an officer says of the person at the counter: which original was seen, and that it is theirs. */
export const paperSeenWords = catalogue(
  {
    paper: "Giấy tờ tùy thân bản gốc đã xem",
    papers: {
      cccd: "Thẻ căn cước (CCCD)",
      cmnd: "CMND 9 số",
      passport: "Hộ chiếu",
      vneid: "Căn cước điện tử trên VNeID",
    },
    checks: "Đã đối chiếu",
    seen: "Tôi đã xem bản gốc, không phải bản chụp",
    face: "Người đến quầy đúng là người trong ảnh",
    paperMissing: "Chọn giấy tờ đã xem",
    checksMissing: "Cần đánh dấu cả hai mục đối chiếu",
  },
  {
    paper: "Original ID paper that was seen",
    papers: {
      cccd: "ID card (CCCD)",
      cmnd: "9-digit ID card (CMND)",
      passport: "Passport",
      vneid: "Electronic ID in VNeID",
    },
    checks: "Compared",
    seen: "I have seen the original, not a copy",
    face: "The person at the counter is the one in the picture",
    paperMissing: "Choose the paper that was seen",
    checksMissing: "Both comparisons must be ticked",
  },
);
