/** Mail servers that refuse at any verb, drip, cut after the body, or break TLS. */
import { type Fault, MailServer, type Verb } from "./mail-server.ts";
import { deliver, type Stand } from "./notices-stand.ts";
import { fill, rowsOf } from "./notices-store.ts";
import { judge, type Told, type Trial } from "./trial.ts";

const verbs: readonly Verb[] = ["banner", "EHLO", "MAIL", "RCPT", "DATA", "body"];
const codes = [421, 450, 451, 452, 550, 552, 554] as const;
/** What a 5xx is about: the message from MAIL on, the server before it. */
const ofMessage: readonly Verb[] = ["MAIL", "RCPT", "DATA", "body"];

const everyCode: Trial = {
  name: `SMTP ${codes.join(", ")} at each of ${verbs.join(", ")}`,
  async run(stand) {
    return withMail(stand, async (server) => {
      await stand.sender();
      const wrong: string[] = [];
      for (const at of verbs) {
        for (const code of codes) {
          const seen = await oneMail(stand, server, { at, code });
          const isFinal = code >= 500 && ofMessage.includes(at);
          const goal = isFinal ? `failed, smtp_${code}, 0 copies` : "sent, 1 copies";
          if (seen !== goal) wrong.push(`${at} ${code}: ${seen} instead of ${goal}`);
        }
      }
      const what = `${verbs.length * codes.length - wrong.length} of ${verbs.length * codes.length} ended as they should`;
      return { isHeld: wrong.length === 0, what: [what, ...wrong].join("; ") };
    });
  },
};

/** A new connection for each: one that was kept would skip the greeting. */
async function oneMail(stand: Stand, server: MailServer, fault: Fault): Promise<string> {
  server.dropAll();
  server.fault = fault;
  const [to = ""] = await fill(stand.ground.pool, { count: 1, channel: "email" });
  await stand.settled(15);
  server.fault = undefined;
  const row = (await rowsOf(stand.ground.pool)).find(({ recipient }) => recipient === to);
  const copies = server.mails.get(to)?.length ?? 0;
  const why = row?.state === "failed" ? `, ${row.last_error}` : "";
  return `${row?.state}${why}, ${copies} copies`;
}

const cut: Trial = {
  name: "the mail server cuts the line after the body, before its answer",
  async run(stand) {
    return withMail(stand, async (server) => {
      await stand.sender();
      server.fault = { kind: "cut_after_body" };
      const [to = ""] = await fill(stand.ground.pool, { count: 1, channel: "email" });
      const isSettled = await stand.settled(15);
      const ids = server.mails.get(to) ?? [];
      const isOneId = ids.length === 2 && new Set(ids).size === 1 && ids[0] !== "";
      const more = `${ids.length} copies with ${new Set(ids).size} Message-ID`;
      return judge(await stand.outcome(server.copies()), { twice: 1 }, isSettled && isOneId, more);
    });
  },
};

const slow: Trial = {
  name: "the mail server drips one character after the other; texts are not held up",
  async run(stand) {
    return withMail(stand, async (server) => {
      server.fault = { kind: "slow" };
      await fill(stand.ground.pool, { count: 20, channel: "email" });
      await stand.sender();
      const phones = await fill(stand.ground.pool, { count: 100 });
      const startedAt = performance.now();
      const isOut = async () => {
        const rows = await rowsOf(stand.ground.pool);
        return rows.every(({ recipient, sent_at: at }) => at !== null || !phones.includes(recipient));
      };
      while (!(await isOut()) && performance.now() - startedAt < 10_000);
      const textMs = performance.now() - startedAt;
      server.fault = undefined;
      const isSettled = await stand.settled(30);
      const all = new Map([...server.copies(), ...stand.copies()]);
      const more = `100 texts out in ${(textMs / 1000).toFixed(1)} s`;
      return judge(await stand.outcome(all), {}, isSettled && textMs < 3000, more);
    });
  },
};

const badTls: Trial = {
  name: "TLS fails",
  async run(stand) {
    return withMail(stand, async (server) => {
      server.fault = { kind: "bad_tls" };
      await fill(stand.ground.pool, { count: 1, channel: "email" });
      await stand.sender();
      const isSettled = await stand.settled(15);
      const [row] = await rowsOf(stand.ground.pool);
      const more = `${row?.tries} tries (goal at least 2)`;
      return judge(await stand.outcome(server.copies()), {}, isSettled && (row?.tries ?? 0) >= 2, more);
    });
  },
};

async function withMail(stand: Stand, play: (server: MailServer) => Promise<Told>): Promise<Told> {
  const server = new MailServer();
  await stand.open(deliver);
  stand.smtpUrl = await server.open();
  try {
    return await play(server);
  } finally {
    await server.close();
  }
}

export const mailTrials = [everyCode, cut, slow, badTls];
