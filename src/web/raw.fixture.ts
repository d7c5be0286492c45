import { connect } from "node:net";

/** What comes back to these very bytes, until the other side closes or says nothing for two seconds. */
export function sayTo(port: number, text: string): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let said = "";
    socket.setTimeout(2000, () => socket.destroy());
    socket.on("data", (part) => {
      said += part.toString("latin1");
    });
    socket.on("close", () => done(said));
    socket.on("error", fail);
  });
}
