import { createServer } from "node:net";
import pino from "pino";
import { afterEach, describe, expect, it, vi } from "vitest";
import { accept, type FakeSmsc, fakeSmsc, type OnSubmit, receiptOf } from "./providers.fixture.ts";
import { openSmpp, type SmppLink, type SmppOptions } from "./smpp.ts";
import { meaningOf, readReceipt, toInternational } from "./smpp-meaning.ts";
import { meaningOfFault } from "./smtp.ts";

let smsc: FakeSmsc | undefined;
let link: SmppLink | undefined;
afterEach(async () => {
  await link?.stop();
  await smsc?.stop();
  link = smsc = undefined;
});

async function start(onSubmit: OnSubmit = accept, changes: Partial<SmppOptions> = {}): Promise<FakeSmsc> {
  smsc = await fakeSmsc(onSubmit);
  link = openSmpp(optionsFor(smsc.url, changes));
  await soon(() => expect(link?.isReady()).toBe(true));
  return smsc;
}

const optionsFor = (url: string, changes: Partial<SmppOptions> = {}): SmppOptions => ({
  url,
  sender: "BHXH",
  answerMs: 600,
  enquireMs: 50,
  log: pino({ level: "silent" }),
  onReceipt: async () => undefined,
  ...changes,
});
const soon = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 10 });
const send = (text = "xin chao") =>
  (link as SmppLink).submit({ phone: "0912345678", text, joinReference: 1 }, () => undefined);

describe("the line to the SMS provider", () => {
  it("pauses when it is asked to slow down, and says so", async () => {
    await start((session, pdu) => session.send(pdu.response({ command_status: 0x58 })));
    expect(await send()).toEqual({ kind: "throttled", error: "smpp_0x58" });
    expect(link?.isReady()).toBe(false);
    await soon(() => expect(link?.isReady()).toBe(true));
  });

  it("is bound anew after it was cut", async () => {
    const peer = await start();
    peer.sessions[0]?.destroy();
    await soon(() => expect(link?.isReady()).toBe(false));
    await soon(() => expect(link?.isReady()).toBe(true));
    expect(await send()).toEqual({ kind: "accepted", references: ["m1"] });
  });

  it("that takes messages and never answers is given up after three, and bound anew", async () => {
    let isSilent = true;
    const peer = await start((session, pdu, count) => {
      if (!isSilent) accept(session, pdu, count);
    });
    const [first] = peer.sessions;
    for (let n = 0; n < 3; n += 1) expect((await send()).kind).toBe("unknown");
    isSilent = false;
    await soon(() => expect(peer.sessions.includes(first as never)).toBe(false));
    await soon(() => expect(link?.isReady()).toBe(true));
    expect((await send()).kind).toBe("accepted");
  });

  it("that answers with garbage is dropped, and what was under way is unknown", async () => {
    await start((session) => session.socket.write(Buffer.alloc(64, 0xff)));
    expect(await send()).toEqual({ kind: "unknown", error: "line_cut" });
  });

  it("that is half open is noticed without any message on the way", async () => {
    const peer = await start();
    peer.sessions[0]?.removeAllListeners("enquire_link");
    await soon(() => expect(link?.isReady()).toBe(false));
  });

  it("that does not answer the bind is tried again, and meanwhile nothing is taken", async () => {
    const mute = createServer((socket) => socket.on("error", () => undefined).resume());
    await new Promise<void>((done) => {
      mute.listen(0, "127.0.0.1", () => done());
    });
    const { port } = mute.address() as { port: number };
    let calls = 0;
    mute.on("connection", () => {
      calls += 1;
    });
    link = openSmpp(optionsFor(`smpp://a:b@127.0.0.1:${port}`));
    await soon(() => expect(calls).toBeGreaterThan(1));
    expect(link.isReady()).toBe(false);
    expect(await send()).toEqual({ kind: "later", error: "no_line", isDown: true });
    await link.stop();
    await new Promise<void>((done) => {
      mute.close(() => done());
    });
  });

  it("that is refused from the beginning says why, once a minute and not at each try", async () => {
    let calls = 0;
    const strict = createServer((socket) => {
      calls += 1;
      // No such password (0x0e), to whoever asks for a bind.
      socket
        .on("error", () => undefined)
        .once("data", (asked) => {
          const refused = Buffer.from(asked.subarray(0, 16));
          refused.writeUInt32BE(16, 0);
          refused.writeUInt32BE(0x80000009, 4);
          refused.writeUInt32BE(0x0e, 8);
          socket.write(refused);
        });
    });
    await new Promise<void>((done) => {
      strict.listen(0, "127.0.0.1", () => done());
    });
    const { port } = strict.address() as { port: number };
    const said: string[] = [];
    const log = pino({ level: "warn" }, { write: (line) => void said.push(line) });
    link = openSmpp(optionsFor(`smpp://a:b@127.0.0.1:${port}`, { log }));
    await soon(() => expect(calls).toBeGreaterThan(2));
    expect(said.map((line) => JSON.parse(line))).toMatchObject([{ msg: "SMS line is down", reason: "bind_0xe" }]);
    await link.stop();
    await new Promise<void>((done) => {
      strict.close(() => done());
    });
  });

  it("refuses a receipt that could not be kept, so that the network repeats it", async () => {
    const answers: number[] = [];
    await start(
      (session, pdu, count) => {
        accept(session, pdu, count);
        session.deliver_sm(receiptOf("m1", "DELIVRD"), (answer) => answers.push(answer.command_status));
      },
      { onReceipt: () => Promise.reject(new Error("the database is away")) },
    );
    await send();
    await soon(() => expect(answers).toEqual([0x64]));
  });

  it("sends a long text as parts that name each other, in one order", async () => {
    const peer = await start();
    expect(await send("x".repeat(400))).toEqual({ kind: "accepted", references: ["m1", "m2", "m3"] });
    const headers = peer.submits.map(({ pdu }) => (pdu.short_message as { udh: Buffer[] }).udh[0]);
    expect(headers.map((header) => [...(header ?? [])])).toEqual([
      [0, 3, 1, 3, 1],
      [0, 3, 1, 3, 2],
      [0, 3, 1, 3, 3],
    ]);
  });
});

describe("what answers mean", () => {
  it.each([
    [0x00, "accepted"],
    [0x58, "throttled"],
    [0x14, "throttled"],
    [0x0b, "refused"],
    [0x0a, "later"],
    [0x08, "later"],
    [0x45, "later"],
    [0x04, "later"],
    [0x400, "later"],
  ])("SMPP status %i is %s", (status, kind) => expect(meaningOf(status, "m1").kind).toBe(kind));

  it.each([
    [{ responseCode: 451, command: "RCPT TO" }, true, { kind: "later", error: "smtp_451", isDown: false }],
    [{ responseCode: 421, command: "DATA" }, false, { kind: "later", error: "smtp_421", isDown: true }],
    [{ responseCode: 535, command: "AUTH PLAIN" }, false, { kind: "later", error: "smtp_535", isDown: true }],
    [{ responseCode: 554, command: "DATA" }, true, { kind: "refused", error: "smtp_554" }],
    [{ code: "ECONNECTION" }, false, { kind: "later", error: "smtp_econnection", isDown: true }],
    [{ code: "ECONNECTION" }, true, { kind: "unknown", error: "smtp_econnection" }],
    [{ code: "ETIMEDOUT" }, true, { kind: "unknown", error: "smtp_etimedout" }],
    [{ code: "EENVELOPE" }, false, { kind: "refused", error: "smtp_envelope" }],
  ])("SMTP fault %o with body out %s", (fault, isBodyOut, answer) => {
    expect(meaningOfFault(fault, isBodyOut)).toEqual(answer);
  });

  it.each([
    ["id:42 sub:001 dlvrd:001 stat:DELIVRD err:000 text:x", "delivered"],
    ["ID:42 Stat:delivrd Err:000", "delivered"],
    ["id:42 stat:UNDELIV err:027", "undelivered"],
    ["id:42 stat:EXPIRED err:001", "undelivered"],
    ["id:42 stat:REJECTD err:001", "undelivered"],
    ["id:42 stat:ENROUTE err:000", undefined],
    ["id:42 stat:ACCEPTD err:000", undefined],
    ["stat:DELIVRD err:000", undefined],
    ["chao anh", undefined],
  ])("receipt %s is %s", (text, receipt) => {
    const read = readReceipt({ esm_class: 4, short_message: { message: text } });
    expect(read?.receipt).toBe(receipt);
    if (read) expect(read.reference).toBe("42");
  });

  it("a receipt's own fields win over its text, and a text from a handset is no receipt", () => {
    const pdu = { short_message: { message: "id:1 stat:UNDELIV" }, receipted_message_id: "abc\0", message_state: 2 };
    expect(readReceipt({ ...pdu, esm_class: 4 })).toMatchObject({ reference: "abc", receipt: "delivered" });
    expect(readReceipt({ ...pdu, esm_class: 0 })).toBeUndefined();
  });

  it("numbers go out with the country's code", () => expect(toInternational("0912345678")).toBe("84912345678"));
});
