/** A mail server that says word by word what a script wants: any code at any verb, once; slowly; cut; or bad TLS. */
import { createServer, type Server, type Socket } from "node:net";
import { listen } from "./trials-sms.ts";

export type Verb = "banner" | "EHLO" | "MAIL" | "RCPT" | "DATA" | "body";

export type Fault =
  | { at: Verb; code: number }
  /** The connection is cut once the body has come, before the answer. */
  | { kind: "cut_after_body" }
  /** One character a second, and none too many. */
  | { kind: "slow" }
  /** STARTTLS is offered, and what follows is no TLS. */
  | { kind: "bad_tls" };

export class MailServer {
  /** Message-ID of each mail as it came, by recipient. */
  readonly mails = new Map<string, string[]>();
  /** What goes wrong next; a code goes wrong once. */
  fault: Fault | undefined;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  /** Answers its address. */
  async open(): Promise<string> {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket.on("error", () => undefined));
      new Dialogue(this, socket).begin();
    });
    return `smtp://127.0.0.1:${await listen(this.#server)}`;
  }

  copies(): Map<string, number> {
    return new Map([...this.mails].map(([to, ids]) => [to, ids.length]));
  }

  dropAll(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  async close(): Promise<void> {
    this.dropAll();
    await new Promise<void>((done) => {
      if (this.#server) this.#server.close(() => done());
      else done();
    });
  }

  /** The code that this verb gets now instead of its own. */
  codeAt(verb: Verb): number | undefined {
    if (!this.fault || !("at" in this.fault) || this.fault.at !== verb) return undefined;
    const { code } = this.fault;
    this.fault = undefined;
    return code;
  }

  takes(kind: "cut_after_body" | "slow" | "bad_tls"): boolean {
    const isIt = this.fault !== undefined && "kind" in this.fault && this.fault.kind === kind;
    if (isIt && kind !== "slow") this.fault = undefined;
    return isIt;
  }

  keep(to: string, body: string): void {
    const id = /^Message-ID: (.+)$/im.exec(body)?.[1] ?? "";
    this.mails.set(to, [...(this.mails.get(to) ?? []), id]);
  }
}

/** One connection: lines in, lines out. */
class Dialogue {
  readonly #server: MailServer;
  readonly #socket: Socket;
  #text = "";
  #to = "";
  #isBody = false;
  readonly #hasBadTls: boolean;

  constructor(server: MailServer, socket: Socket) {
    this.#server = server;
    this.#socket = socket;
    this.#hasBadTls = server.takes("bad_tls");
  }

  begin(): void {
    if (this.#server.takes("slow")) this.#drip();
    else {
      this.#socket.on("data", (chunk) => this.#read(chunk.toString("latin1")));
      this.#answer("banner", "220 trial");
    }
  }

  #drip(): void {
    const banner = "220-a very long greeting that never comes to its end";
    let at = 0;
    const timer = setInterval(() => {
      this.#socket.write(banner[at % banner.length] ?? "");
      at += 1;
    }, 100);
    this.#socket.once("close", () => clearInterval(timer));
  }

  #read(chunk: string): void {
    this.#text += chunk;
    for (;;) {
      const end = this.#isBody ? "\r\n.\r\n" : "\r\n";
      const at = this.#text.indexOf(end);
      if (at < 0) return;
      const part = this.#text.slice(0, at);
      this.#text = this.#text.slice(at + end.length);
      if (this.#isBody) this.#takeBody(part);
      else this.#obey(part);
    }
  }

  #obey(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO") this.#answer("EHLO", this.#hasBadTls ? "250-trial\r\n250 STARTTLS" : "250 trial");
    else if (verb === "HELO") this.#answer("EHLO", "250 trial");
    else if (verb === "STAR") this.#socket.write("220 go on\r\nthis is not TLS\r\n");
    else if (verb === "MAIL") this.#answer("MAIL", "250 ok");
    else if (verb === "RCPT") {
      this.#to = /<(.+)>/.exec(line)?.[1] ?? "";
      this.#answer("RCPT", "250 ok");
    } else if (verb === "DATA") this.#isBody = this.#answer("DATA", "354 go on");
    else if (verb === "QUIT") this.#socket.end("221 bye\r\n");
    else this.#socket.write("250 ok\r\n");
  }

  #takeBody(body: string): void {
    this.#isBody = false;
    if (this.#server.takes("cut_after_body")) {
      this.#server.keep(this.#to, body);
      this.#socket.destroy();
    } else if (this.#answer("body", "250 taken")) this.#server.keep(this.#to, body);
  }

  /** True when it went well; 421 closes the line, as it does in earnest. */
  #answer(verb: Verb, good: string): boolean {
    const code = this.#server.codeAt(verb);
    this.#socket.write(`${code ? `${code} no` : good}\r\n`);
    if (code === 421) this.#socket.end();
    return code === undefined;
  }
}
