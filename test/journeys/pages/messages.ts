import { expect, type RunningApp } from "../fixtures.ts";
import type { Mail, TextMessage } from "../providers.ts";
import type { Declarant } from "./people.ts";

/** What reached a person's telephone and mailbox, waited for as long as a message takes: seconds, beside other work more. */
const patienceMs = Number(process.env.VSSID_PATIENCE_MS ?? 15_000);
/** Looking into a list costs nothing: a second between two looks would be waited for in vain. */
export const oftenMs = [100];

export async function textTo(
  app: RunningApp,
  { phone }: Declarant,
  says: RegExp,
  timeout = patienceMs,
): Promise<TextMessage> {
  const find = () => textsTo(app, phone, says)[0];
  await expect
    .poll(find, { message: `a text message to ${phone} saying ${says}`, timeout, intervals: oftenMs })
    .toBeDefined();
  return find() as TextMessage;
}

/** Numbers travel in the form of the networks: 84… */
export function textsTo(app: RunningApp, phone: string, says: RegExp): TextMessage[] {
  return app.texts.filter(({ to, text }) => to.endsWith(phone.slice(1)) && says.test(text));
}

export async function mailTo(app: RunningApp, email: string, subject: RegExp): Promise<Mail> {
  const find = () => app.mails.find((mail) => mail.to === email && subject.test(mail.subject));
  await expect
    .poll(find, { message: `a mail to ${email} about ${subject}`, timeout: patienceMs, intervals: oftenMs })
    .toBeDefined();
  return find() as Mail;
}

/** One part, letters without marks, nothing to tap on. */
export function isPlainSms({ text, isOneSegment }: TextMessage): void {
  expect(isOneSegment, text).toBe(true);
  expect(text.length, text).toBeLessThanOrEqual(160);
  expect(text).toMatch(/^[A-Za-z0-9 .,:;!?()/+'"-]+$/);
  expect(text).not.toMatch(/https?:|www\.|\.vn\b/);
}

/** The activation code in a message. */
export function passwordIn(text: string): string {
  const password = /(?:kich hoat|kích hoạt): ([a-z]+(?:-[a-z0-9]+)+)/.exec(text)?.[1];
  if (!password) throw new Error("this message holds no password");
  return password;
}
