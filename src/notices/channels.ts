/** The ways out: SMS over SMPP and HTTP gateways, e-mail over SMTP, notices on devices over push services. */
import type { House, SmsProvider } from "../db/house.ts";
import type { Channel, Pace, TakeReply } from "./channel.ts";
import { openGateway } from "./gateway.ts";
import { callbackUrl } from "./hooks.ts";
import { pushChannel } from "./push-channel.ts";
import { receiptTaker } from "./receipts.ts";
import type { TemplateName } from "./rules-templates.ts";
import type { Values } from "./rules-words.ts";
import { openSmpp } from "./smpp.ts";
import { openSmtp } from "./smtp.ts";
import type { Observe } from "./steps.ts";
import type { Claimed } from "./store.ts";
import { renderMail, renderSms } from "./templates.ts";
import { unsubscribeUrl } from "./unsubscribe.ts";
import type { Unwritten } from "./unwritten.ts";
import { sentencesOf } from "./wording.ts";

const ENQUIRE_MS = 10_000;

/** What has no address in the settings is not opened: its messages wait, and are seen to be late. */
export function openChannels(
  house: House,
  pace: Pace,
  observe: Observe,
  heard: { takeReply: TakeReply; unwritten: Unwritten },
): Channel[] {
  const { smtpUrl, push } = house.settings;
  const hear = { take: receiptTaker(house, heard.unwritten), takeReply: heard.takeReply };
  return [
    ...smsProviders(house).map((provider) =>
      provider.kind === "smpp"
        ? smppChannel(house, pace, provider, observe, hear)
        : gatewayChannel(house, pace, provider),
    ),
    ...(smtpUrl ? [mailChannel(house, pace, smtpUrl)] : []),
    ...(push ? [pushChannel(house, pace, push)] : []),
  ];
}

function smsProviders({ settings }: House): readonly SmsProvider[] {
  const { smsProviders: several, smppUrl: url } = settings;
  if (several.length > 0 || !url) return several;
  return [{ kind: "smpp", name: `smpp:${new URL(url).hostname}`, weight: 1, receipts: true, url }];
}

type Of<Kind extends SmsProvider["kind"]> = Extract<SmsProvider, { kind: Kind }>;

/** What all lines together hear. */
interface Hear {
  take: ReturnType<typeof receiptTaker>;
  takeReply: TakeReply;
}

function smppChannel(house: House, pace: Pace, given: Of<"smpp">, observe: Observe, hear: Hear): Channel {
  const { name: provider, weight, receipts: reportsDelivery, url } = given;
  const link = openSmpp({
    url,
    sender: house.settings.smsSender,
    answerMs: pace.answerMs,
    enquireMs: ENQUIRE_MS,
    log: house.log.child({ provider }),
    async onReceipt(receipt) {
      observe("receipt_arrived");
      await hear.take({ provider, ...receipt });
      observe("receipt_stored");
    },
    onReply: (reply) => hear.takeReply(house, reply),
  });
  return {
    name: "sms",
    provider,
    weight,
    window: pace.smsWindow,
    reportsDelivery,
    isReady: () => link.isReady(),
    send: async (notice, values, tellLate) =>
      link.submit(
        {
          phone: notice.recipient,
          text: await smsOf(house, notice, values),
          joinReference: Number(BigInt(notice.notice_id) % 256n),
        },
        tellLate,
      ),
    stop: () => link.stop(),
  };
}

function gatewayChannel(house: House, pace: Pace, provider: Of<"gateway">): Channel {
  const link = openGateway({
    ...provider,
    sender: house.settings.smsSender,
    callback: callbackUrl(house, provider.name),
    answerMs: pace.answerMs,
  });
  return {
    name: "sms",
    provider: provider.name,
    weight: provider.weight,
    window: pace.smsWindow,
    reportsDelivery: provider.receipts,
    isReady: () => true,
    send: async (notice, values) =>
      link.submit({
        phone: notice.recipient,
        text: await smsOf(house, notice, values),
        requestId: `${notice.notice_id}-${notice.fence}`,
      }),
    async stop() {
      link.stop();
    },
  };
}

async function smsOf(house: House, notice: Claimed, values: Values): Promise<string> {
  return renderSms(notice.template as TemplateName, notice.lang, values, await sentencesOf(house, notice));
}

function mailChannel(house: House, pace: Pace, url: string): Channel {
  const sender = openSmtp({
    url,
    from: house.settings.mailFrom,
    answerMs: pace.answerMs,
    dkim: house.settings.dkim,
    needsTls: house.settings.profile === "production",
  });
  return {
    name: "email",
    provider: `smtp:${new URL(url).hostname}`,
    weight: 1,
    window: pace.mailWindow,
    reportsDelivery: false,
    isReady: () => true,
    send: async (notice, values) =>
      sender.send({
        ...renderMail(notice.template as TemplateName, notice.lang, values, await sentencesOf(house, notice)),
        to: notice.recipient,
        lang: notice.lang,
        dedupeKey: notice.dedupe_key,
        unsubscribe: notice.mailing_id ? unsubscribeUrl(house, notice.notice_id) : undefined,
      }),
    stop: () => sender.stop(),
  };
}
