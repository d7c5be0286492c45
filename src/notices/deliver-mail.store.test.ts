import { createHash, createVerify, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:net";
import PostalMime from "postal-mime";
import type { SMTPServerOptions } from "smtp-server";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { type Delivery, startDelivery } from "./deliver.ts";
import { attemptsOf, emptyOutbox, queue, quick, rowOf, soon } from "./notices.fixture.ts";
import { accept, type FakeMx, fakeMx, fakeSmsc, smtpFault } from "./providers.fixture.ts";
import { openSmtp } from "./smtp.ts";

let house: TestHouse;
let mx: FakeMx;
let delivery: Delivery | undefined;

beforeAll(async () => {
  house = await openTestHouse({ settings: { smppUrl: "" } });
});
afterEach(async () => {
  await delivery?.stop();
  delivery = undefined;
  await mx.stop();
  await emptyOutbox(house);
});
afterAll(() => house.close());

async function start(script: Partial<SMTPServerOptions> = {}): Promise<void> {
  mx = await fakeMx(script);
  house.settings.smtpUrl = mx.url;
  delivery = startDelivery(house, quick);
}

const move = (seconds: number) => house.clock.moveTo(new Date(house.clock.now().getTime() + seconds * 1000));
const toMail = { phone: undefined, email: "Buoi@Example.VN" };
const mailRow = (key: string) => rowOf(house, key, "email");

describe("an e-mail", () => {
  it("arrives with marks in text and HTML, from our address, over TLS when it is offered", async () => {
    let isSecure = false;
    await start({
      onMailFrom(_address, session, done) {
        isSecure = session.secure;
        done();
      },
    });
    const key = await queue(house, toMail);
    await soon(async () => expect((await mailRow(key)).state).toBe("sent"));
    const mail = await PostalMime.parse(mx.mails[0] ?? "");
    expect(mail.to?.[0]?.address).toBe("buoi@example.vn");
    expect(mail.from?.address).toBe("vssid@example.vn");
    expect(mail.subject).toBe("Tờ khai BD-4F7K-92QX được chấp nhận");
    expect(mail.text).toContain("Mã kích hoạt: bake-metu-haga-4729");
    expect(mail.html).toContain("Mã kích hoạt: bake-metu-haga-4729");
    expect(isSecure).toBe(true);
    expect(mx.mails).toHaveLength(1);
    expect(await mailRow(key)).toMatchObject({ sealed_fields: null });
  });

  it.each([421, 450, 451, 452])("answered with %d is tried again by the schedule", async (code) => {
    let count = 0;
    await start({
      onRcptTo(_address, _session, done) {
        count += 1;
        done(count === 1 ? smtpFault(code) : undefined);
      },
    });
    const key = await queue(house, toMail);
    await soon(async () => expect(await mailRow(key)).toMatchObject({ state: "queued", last_error: `smtp_${code}` }));
    move(7);
    await soon(async () => expect((await mailRow(key)).state).toBe("sent"));
    expect(count).toBe(2);
  });

  it.each([
    ["MAIL", 550, "onMailFrom"],
    ["RCPT", 550, "onRcptTo"],
    ["RCPT", 552, "onRcptTo"],
    ["DATA", 554, "onData"],
  ] as const)("refused at %s with %d ends as failed with that reason", async (_verb, code, event) => {
    await start({
      [event](_what: unknown, _session: unknown, done: (error: Error) => void) {
        if (event === "onData") (_what as NodeJS.ReadableStream).on("end", () => done(smtpFault(code))).resume();
        else done(smtpFault(code));
      },
    });
    const key = await queue(house, toMail);
    await soon(async () => expect((await mailRow(key)).state).toBe("failed"));
    expect(await mailRow(key)).toMatchObject({ last_error: `smtp_${code}`, tries: 1 });
  });

  it("refused at the greeting says nothing of the message, which is kept for later", async () => {
    await start({ onConnect: (_session, done) => done(smtpFault(554)) });
    const key = await queue(house, toMail);
    await soon(async () => expect(await mailRow(key)).toMatchObject({ state: "queued", last_error: "smtp_554" }));
  });

  it("cut after its body and before the answer is unknown, and goes again with the same Message-ID", async () => {
    let count = 0;
    const seen: string[] = [];
    await start({
      disabledCommands: ["AUTH", "STARTTLS"],
      onData(stream, _session, done) {
        count += 1;
        let text = "";
        stream.on("data", (chunk: Buffer) => {
          text += chunk.toString();
        });
        stream.on("end", () => {
          seen.push(/^Message-ID: (.+)$/im.exec(text)?.[1] ?? "");
          if (count > 1) return done();
          mx.cut();
        });
      },
    });
    const key = await queue(house, toMail);
    await soon(async () => expect((await mailRow(key)).state).toBe("unknown"));
    move(21);
    await soon(async () => expect((await mailRow(key)).state).toBe("sent"));
    expect(seen).toHaveLength(2);
    expect(seen[0]).toMatch(/^<[0-9a-f]{32}@example\.vn>$/);
    expect(seen[1]).toBe(seen[0]);
    expect((await attemptsOf(house, (await mailRow(key)).notice_id)).map(({ outcome }) => outcome)).toEqual([
      "unknown",
      "accepted",
    ]);
  });

  it("to a server that takes the call and says nothing does not delay the SMS of the same decision", async () => {
    const silent = createServer();
    await new Promise<void>((done) => {
      silent.listen(0, "127.0.0.1", () => done());
    });
    const smsc = await fakeSmsc(accept);
    mx = await fakeMx();
    const { port } = silent.address() as { port: number };
    house.settings.smtpUrl = `smtp://127.0.0.1:${port}`;
    house.settings.smppUrl = smsc.url;
    delivery = startDelivery(house, { ...quick, answerMs: 3000 });
    const stuck = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9].map(() => queue(house, toMail)));
    const key = await queue(house, { email: "buoi@example.vn" });
    await soon(async () => expect((await rowOf(house, key)).state).toBe("sent"), 1000);
    expect((await mailRow(key)).state).not.toBe("sent");
    expect((await mailRow(stuck[0] ?? "")).state).toBe("sending");
    await delivery.stop();
    house.settings.smppUrl = "";
    await smsc.stop();
    await new Promise<void>((done) => {
      silent.close(() => done());
    });
  });

  it("is signed for the sender's domain, over what the reader sees, with a key that the domain can publish", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const mx = await fakeMx();
    const sender = openSmtp({
      url: mx.url,
      from: "VssID <vssid@example.vn>",
      answerMs: 400,
      dkim: { selector: "n1", privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString() },
    });
    const mail = { subject: "Tờ khai", text: "Xin chào\n", html: "<p>Xin chào</p>", lang: "vi", dedupeKey: "x" };
    await sender.send({ ...mail, to: "a@example.vn" });
    await sender.stop();
    await mx.stop();
    const [head = "", ...rest] = (mx.mails[0] ?? "").split("\r\n\r\n");
    const fields = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
    const signature = fields.find((line) => /^DKIM-Signature:/i.test(line)) ?? "";
    const tag = (name: string) => new RegExp(`[;:]\\s*${name}=([^;]*)`).exec(signature)?.[1]?.replace(/\s/g, "") ?? "";
    expect([tag("d"), tag("s"), tag("a")]).toEqual(["example.vn", "n1", "rsa-sha256"]);
    for (const name of ["from", "to", "subject", "message-id"])
      expect(tag("h").toLowerCase().split(":")).toContain(name);
    const body = `${rest
      .join("\r\n\r\n")
      .replace(/[ \t]+/g, " ")
      .replace(/ (?=\r\n)/g, "")
      .replace(/(\r\n)+$/, "")}\r\n`;
    expect(tag("bh")).toBe(createHash("sha256").update(body, "latin1").digest("base64"));
    const relaxed = (line: string) => {
      const [, name = "", value = ""] = /^([^:]+):(.*)$/s.exec(line) ?? [];
      return `${name.trim().toLowerCase()}:${value.trim().replace(/\s+/g, " ")}`;
    };
    const signedFields = tag("h")
      .split(":")
      .flatMap((name) => fields.filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)));
    const text = [...signedFields.map(relaxed), relaxed(signature).replace(/ b=[^;]*$/, " b=")].join("\r\n");
    expect(createVerify("RSA-SHA256").update(text).verify(publicKey, tag("b"), "base64")).toBe(true);
  });

  it("is one of twenty on one connection, which is listened to no more often than for the first", async () => {
    const warned: string[] = [];
    const hear = ({ name, message }: Error) => warned.push(`${name}: ${message}`);
    process.on("warning", hear);
    let calls = 0;
    mx = await fakeMx({
      onConnect: (_session, done) => {
        calls += 1;
        done();
      },
    });
    const sender = openSmtp({ url: mx.url, from: "VssID <vssid@example.vn>", answerMs: 1000 });
    const mail = { subject: "Tờ khai", text: "Xin chào\n", html: "<p>Xin chào</p>", lang: "vi" };
    for (let at = 0; at < 20; at += 1) {
      const answer = await sender.send({ ...mail, to: "a@example.vn", dedupeKey: `m${at}` });
      expect(answer.kind).toBe("accepted");
    }
    await sender.stop();
    process.off("warning", hear);
    expect(calls).toBe(1);
    expect(warned).toEqual([]);
  });
});
