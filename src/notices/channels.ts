/** The two ways out: SMS over SMPP, e-mail over SMTP. */
import type { House } from "../db/house.ts";
import type { Channel, Pace } from "./channel.ts";
import { receiptTaker } from "./receipts.ts";
import type { TemplateName } from "./rules-templates.ts";
import { openSmpp } from "./smpp.ts";
import { openSmtp } from "./smtp.ts";
import { renderMail, renderSms } from "./templates.ts";

const ENQUIRE_MS = 10_000;

/** What has no address in the settings is not opened: its messages wait, and are seen to be late. */
export function openChannels(house: House, pace: Pace): Channel[] {
  const { smppUrl, smtpUrl } = house.settings;
  return [
    ...(smppUrl ? [smsChannel(house, pace, smppUrl)] : []),
    ...(smtpUrl ? [mailChannel(house, pace, smtpUrl)] : []),
  ];
}

function smsChannel(house: House, pace: Pace, url: string): Channel {
  const provider = `smpp:${new URL(url).hostname}`;
  const take = receiptTaker(house);
  const link = openSmpp({
    url,
    sender: house.settings.smsSender,
    answerMs: pace.answerMs,
    enquireMs: ENQUIRE_MS,
    log: house.log,
    onReceipt: (receipt) => take({ provider, ...receipt }),
  });
  return {
    name: "sms",
    provider,
    window: pace.smsWindow,
    isReady: () => link.isReady(),
    send: (notice, values, tellLate) =>
      link.submit(
        {
          phone: notice.recipient,
          text: renderSms(notice.template as TemplateName, notice.lang, values),
          joinReference: Number(BigInt(notice.notice_id) % 256n),
        },
        tellLate,
      ),
    stop: () => link.stop(),
  };
}

function mailChannel(house: House, pace: Pace, url: string): Channel {
  const sender = openSmtp({ url, from: house.settings.mailFrom, answerMs: pace.answerMs });
  return {
    name: "email",
    provider: `smtp:${new URL(url).hostname}`,
    window: pace.mailWindow,
    isReady: () => true,
    send: (notice, values) =>
      sender.send({
        ...renderMail(notice.template as TemplateName, notice.lang, values),
        to: notice.recipient,
        lang: notice.lang,
        dedupeKey: notice.dedupe_key,
      }),
    stop: () => sender.stop(),
  };
}
