/** What people of the crash loop read: text messages on their telephones, letters in their mailboxes. */
import PostalMime from "postal-mime";
import type { Ground } from "./crash-account-life.ts";

const CODE = /\bM[aã] [^:]+: (\d{6,8})(?!\d)/g;
const STOP = /(?:bang ma|mã dừng:) (\d{8})(?!\d)/g;
const ACTIVATION = /([a-z]{4}-[a-z]{4}-[a-z]{4}-\d{4})/gi;

/** All that has come to a telephone or to a mailbox so far, the oldest first. */
export async function readAt({ stand, mx }: Pick<Ground, "stand" | "mx">, place: string): Promise<string> {
  if (!place.includes("@")) {
    const to = place.replace(/^0/, "84");
    return stand.smsc.submits
      .filter((one) => one.to === to)
      .map(({ text }) => text)
      .join("");
  }
  const letters = mx.mails.filter((mail) => mail.includes(`To: ${place}\r\n`));
  const read = await Promise.all(letters.map((mail) => PostalMime.parse(Buffer.from(mail, "latin1"))));
  return read.map(({ text = "" }) => text).join("\n");
}

export const codesIn = (text: string): string[] => all(text, CODE);
export const stopsIn = (text: string): string[] => all(text, STOP);
export const activationsIn = (text: string): string[] => all(text, ACTIVATION);

const all = (text: string, sought: RegExp): string[] => [...text.matchAll(sought)].map(([, found = ""]) => found);
