import { spawn } from "node:child_process";
import { type KeyRing, RingDown } from "./ring.ts";

/**
 * A command of the operator's that stands before an HSM (pkcs11-tool, a vendor's tool). It is run without a shell:
 * `… wrap VERSION ID`, `… unwrap VERSION ID` take base64 on stdin and give base64 on stdout; `… newest` and `… make`
 * give a number, `… destroy VERSION` nothing. Exit 0, or it counts as not answering; what it says on stderr is not kept.
 */
const TIMEOUT_MS = 5000;
const ANSWER_MAX = 16_384;

export function commandRing(command: readonly string[]): KeyRing {
  const run = (args: readonly string[], input = "") => runOnce(command, args, input);
  const number = async (word: string) => {
    const version = Number((await run([word])).trim());
    if (!Number.isInteger(version) || version < 1) throw new RingDown(`the key command's ${word} gave no number`);
    return version;
  };
  const turn = async (word: string, version: number, bytes: Uint8Array, bound: string) => {
    const answer = Buffer.from(
      await run([word, String(version), bound], Buffer.from(bytes).toString("base64")),
      "base64",
    );
    if (answer.length === 0) throw new RingDown(`the key command's ${word} gave nothing`);
    return answer;
  };
  return {
    kind: "command",
    newest: () => number("newest"),
    make: () => number("make"),
    wrap: (version, key, bound) => turn("wrap", version, key, bound),
    unwrap: (version, wrapped, bound) => turn("unwrap", version, wrapped, bound),
    async destroy(version) {
      await run(["destroy", String(version)]);
    },
  };
}

function runOnce([program = "", ...first]: readonly string[], args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new RingDown("the key command failed"));
    const child = spawn(program, [...first, ...args], { stdio: ["pipe", "pipe", "ignore"], timeout: TIMEOUT_MS });
    const parts: Buffer[] = [];
    let length = 0;
    child.on("error", fail);
    // It may end without reading; its exit says how it went.
    child.stdin.on("error", () => undefined);
    child.stdout.on("data", (part: Buffer) => {
      length += part.length;
      if (length > ANSWER_MAX) child.kill("SIGKILL");
      else parts.push(part);
    });
    // One that said too much may have ended before it was killed: what was kept of it is no answer.
    child.on("close", (code) =>
      code === 0 && length <= ANSWER_MAX ? resolve(Buffer.concat(parts).toString("utf8")) : fail(),
    );
    child.stdin.end(input);
  });
}
