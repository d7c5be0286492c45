// Exit 0 when the process on this machine's PORT is ready: for a health check and for restarts in turn. Waits up to
// the seconds given. A process that listens with TLS is shown its own certificate: whoever it asks for one must know
// that one's authority, too.
import { readFileSync } from "node:fs";
import { get as getPlain } from "node:http";
import { get as getTls } from "node:https";

const [, , seconds = "0"] = process.argv;
const { PORT: port = 8330, VSSID_TLS_CERT_FILE: certFile, VSSID_TLS_KEY_FILE: keyFile } = process.env;
const own = certFile && keyFile ? { cert: readFileSync(certFile), key: readFileSync(keyFile) } : undefined;
const asked = { host: "127.0.0.1", port, path: "/readyz?brief", agent: false, timeout: 2000 };
const until = Date.now() + Number(seconds) * 1000;
let isReady = false;
do {
  isReady = await ask();
  if (!isReady && Date.now() < until) await new Promise((done) => setTimeout(done, 250));
} while (!isReady && Date.now() < until);
process.exitCode = isReady ? 0 : 1;

function ask() {
  return new Promise((done) => {
    const heard = (reply) => done(reply.resume().statusCode === 200);
    // It is this very machine, whatever name the certificate bears; nothing is told to it.
    const request = own ? getTls({ ...asked, ...own, rejectUnauthorized: false }, heard) : getPlain(asked, heard);
    request.on("timeout", () => request.destroy()).on("error", () => done(false));
  });
}
