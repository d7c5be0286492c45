import { formatInstant } from "../kernel/calendar.ts";
import { catalogue } from "../kernel/words.ts";
import { Button, Form, Panel } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";

const words = catalogue(
  {
    title: "Chưa nhận được mã kích hoạt?",
    until: (at: string) => `Mã đã gửi dùng được đến ${at}.`,
    ended: (at: string) => `Mã đã gửi hết hạn lúc ${at}.`,
    where: "Mã mới chỉ gửi tới số điện thoại và thư điện tử đã khai. Mã cũ sẽ không dùng được nữa.",
    act: "Gửi mã kích hoạt mới",
    scam: "Không đọc mã cho bất kỳ ai, kể cả người xưng là cán bộ BHXH.",
  },
  {
    title: "No activation code yet?",
    until: (at: string) => `The code that was sent is good until ${at}.`,
    ended: (at: string) => `The code that was sent ended at ${at}.`,
    where: "A new one goes to the telephone and e-mail you declared, nowhere else. The old one then ends.",
    act: "Send a new activation code",
    scam: "Never read the code to anybody, even if they say they are from Social Insurance.",
  },
);

/** On the page of an accepted file, until its account is activated. */
export function ActivationPart({ ask, until }: { ask: Ask; until: Date }) {
  const said = words(ask.lang);
  const at = formatInstant(until, ask.lang);
  return (
    <Panel title={said.title}>
      <p>{until <= ask.now ? said.ended(at) : said.until(at)}</p>
      <p>{said.where}</p>
      <Form ask={ask} action="/register/activation">
        <Button kind="quiet">{said.act}</Button>
      </Form>
      <p class="hint">{said.scam}</p>
    </Panel>
  );
}
