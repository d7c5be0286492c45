import { catalogue } from "../kernel/words.ts";
import { Notice } from "../ui/index.ts";
import type { Ask } from "./route.ts";

const words = catalogue(
  {
    title: "Chưa gửi: cần xác nhận lại",
    lead: "Những gì đã viết còn nguyên ở dưới. Hãy xác nhận ở thẻ mới, rồi quay lại đây và bấm gửi.",
    elsewhere: "Xác nhận ở thẻ mới",
  },
  {
    title: "Not sent: confirm once more who you are",
    lead: "What you wrote is still below. Confirm in a new tab, then come back here and send it.",
    elsewhere: "Confirm in a new tab",
  },
);

/** Above a form that needs a newer proof, or one more: it stays as it is, and is sent again after that. */
export function StaleProofNote({ ask, toProof }: { ask: Ask; toProof: string }) {
  const said = words(ask.lang);
  return (
    <Notice kind="warning" title={said.title}>
      <p>{said.lead}</p>
      <p>
        <a href={toProof} target="_blank" rel="noopener">
          {said.elsewhere}
        </a>
      </p>
    </Notice>
  );
}
