/**
 * E-mail over SMTP: STARTTLS when offered, a Message-ID that is the same in every try, and an answer
 * that tells "nothing went out" from "it may have gone out".
 */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import DKIM from "nodemailer/lib/dkim";
import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Answer } from "./outcome.ts";
import type { Mail } from "./templates.ts";

export interface SmtpOptions {
  url: string;
  from: string;
  answerMs: number;
  /** Signs every message (RFC 6376) for the domain of `from`. */
  dkim?: { selector: string; privateKey: string } | undefined;
  /** Nothing goes out in the clear: for every server that is not on this machine. */
  needsTls?: boolean;
}

export interface MailToSend extends Mail {
  to: string;
  lang: string;
  /** Two tries of one message carry one Message-ID: mailboxes fold them into one. */
  dedupeKey: string;
  /** Where one post ends messages of this kind (RFC 8058). */
  unsubscribe?: string | undefined;
}

export interface SmtpSender {
  send(mail: MailToSend): Promise<Answer>;
  stop(): Promise<void>;
}

/** RFC 6376, 5.4; of those, RFC 8058 wants both headers that unsubscribe under the signature. */
const SIGNED_HEADERS =
  "From:Subject:Date:Message-ID:To:MIME-Version:Content-Type:Content-Transfer-Encoding:List-Unsubscribe:List-Unsubscribe-Post";
const TRANSACTION_VERBS = ["MAIL FROM", "RCPT TO", "DATA"];
const LONGEST_CALL_ANSWERS = 3;

export function openSmtp(options: SmtpOptions): SmtpSender {
  const idle: SMTPConnection[] = [];
  const underWay = new Set<() => void>();

  /** A connection that was kept may have been closed over there meanwhile: then once more on a new one. */
  async function send(mail: MailToSend): Promise<Answer> {
    const bytes = await signed(options, await compose(options.from, mail));
    const kept = idle.pop();
    const first = kept && (await call(kept, mail.to, bytes));
    if (first && !(first.kind === "later" && first.isDown)) return first;
    return call(undefined, mail.to, bytes);
  }

  function call(kept: SMTPConnection | undefined, to: string, bytes: Buffer): Promise<Answer> {
    const connection = kept ?? newConnection();
    return new Promise((resolve) => {
      let isBodyOut = false;
      const end = (answer: Answer) => {
        clearTimeout(timer);
        underWay.delete(cut);
        if (answer.kind === "accepted") keep(connection);
        else connection.close();
        resolve(answer);
      };
      const fail = (error: SmtpFault) => end(meaningOfFault(error, isBodyOut));
      const cut = () => fail({ code: "ETIMEDOUT" });
      const timer = setTimeout(cut, options.answerMs * LONGEST_CALL_ANSWERS);
      underWay.add(cut);
      connection.removeAllListeners("error");
      connection.on("error", fail);
      const body = Readable.from(
        (function* () {
          isBodyOut = true;
          yield bytes;
        })(),
      );
      const submit = () =>
        connection.send({ from: addressOf(options.from), to: [to], size: bytes.length }, body, (error, done) =>
          error
            ? fail(error)
            : end({ kind: "accepted", references: done?.serverMessageId ? [done.serverMessageId] : [] }),
        );
      if (kept) submit();
      else greet(connection, options.url, fail, submit);
    });
  }

  /** Listened to once: a connection that is kept carries many messages. */
  function newConnection(): SMTPConnection {
    const connection = new SMTPConnection(connectionOptions(options));
    connection.once("end", () => forget(connection));
    return connection;
  }

  function keep(connection: SMTPConnection): void {
    connection.removeAllListeners("error");
    connection.on("error", () => forget(connection));
    idle.push(connection);
  }

  function forget(connection: SMTPConnection): void {
    const at = idle.indexOf(connection);
    if (at >= 0) idle.splice(at, 1);
  }

  return {
    send,
    async stop() {
      for (const cut of [...underWay]) cut();
      for (const connection of idle.splice(0)) connection.quit();
    },
  };
}

function greet(connection: SMTPConnection, url: string, fail: (error: SmtpFault) => void, submit: () => void): void {
  const { username, password } = new URL(url);
  connection.connect((error) => {
    if (error) return fail(error);
    if (!username) return submit();
    const credentials = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
    connection.login({ ...credentials, credentials }, (refusal) => (refusal ? fail(refusal) : submit()));
  });
}

/** On this very machine nobody stands between, so a certificate of one's own is enough there. */
function connectionOptions({ url, answerMs, needsTls }: SmtpOptions) {
  const { hostname, port, protocol } = new URL(url);
  const secure = protocol === "smtps:";
  const isLoopback = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  return {
    host: hostname,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: (needsTls ?? false) && !isLoopback,
    connectionTimeout: answerMs,
    greetingTimeout: answerMs,
    socketTimeout: answerMs,
    dnsTimeout: answerMs,
    tls: { rejectUnauthorized: !isLoopback },
  };
}

interface SmtpFault {
  code?: string | undefined;
  command?: string | undefined;
  responseCode?: number | undefined;
}

/**
 * 4xx: later. 5xx to the message itself: final. 5xx to our greeting or sign-in says nothing of the
 * message, so that is "later" too. Cut while the body was on its way: unknown.
 */
export function meaningOfFault({ code, command, responseCode }: SmtpFault, isBodyOut: boolean): Answer {
  if (responseCode) {
    const isOfMessage = TRANSACTION_VERBS.includes(command ?? "");
    const error = `smtp_${responseCode}`;
    if (responseCode >= 500 && isOfMessage) return { kind: "refused", error };
    return { kind: "later", error, isDown: !isOfMessage || responseCode === 421 };
  }
  if (code === "EENVELOPE") return { kind: "refused", error: "smtp_envelope" };
  const error = `smtp_${(code ?? "fault").toLowerCase()}`;
  return isBodyOut ? { kind: "unknown", error } : { kind: "later", error, isDown: true };
}

function compose(from: string, mail: MailToSend): Promise<Buffer> {
  const domain = addressOf(from).split("@")[1] ?? "localhost";
  const name = createHash("sha256").update(mail.dedupeKey).digest("hex").slice(0, 32);
  return new MailComposer({
    from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: `<${name}@${domain}>`,
    headers: {
      "Auto-Submitted": "auto-generated",
      "Content-Language": mail.lang,
      ...(mail.unsubscribe
        ? { "List-Unsubscribe": `<${mail.unsubscribe}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
        : {}),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

async function signed({ from, dkim }: SmtpOptions, bytes: Buffer): Promise<Buffer> {
  if (!dkim) return bytes;
  const signer = new DKIM({
    domainName: addressOf(from).split("@")[1] ?? "localhost",
    keySelector: dkim.selector,
    headerFieldNames: SIGNED_HEADERS,
    privateKey: dkim.privateKey,
  });
  return Buffer.concat(await signer.sign(bytes).toArray());
}

/** "VssID <vssid@example.vn>" → vssid@example.vn */
function addressOf(from: string): string {
  return /<([^<>]+)>/.exec(from)?.[1] ?? from;
}
