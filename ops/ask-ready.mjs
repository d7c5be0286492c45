// Exit 0 when the process on this machine's PORT is ready: for a health check and for restarts in turn. Waits up to
// the seconds given.
const [, , seconds = "0"] = process.argv;
const address = `http://127.0.0.1:${process.env.PORT ?? 8330}/readyz?brief`;
const until = Date.now() + Number(seconds) * 1000;
let isReady = false;
do {
  isReady = await fetch(address, { signal: AbortSignal.timeout(2000) }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isReady && Date.now() < until) await new Promise((done) => setTimeout(done, 250));
} while (!isReady && Date.now() < until);
process.exitCode = isReady ? 0 : 1;
