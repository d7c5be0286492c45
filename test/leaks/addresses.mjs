// Read by the server of journeys before itself (--import): every address that a browser asks for and is sent to, one
// line each in the file VSSID_ADDRESSES, as a proxy in front would log them.
import { subscribe } from "node:diagnostics_channel";
import { createWriteStream } from "node:fs";

const file = createWriteStream(process.env.VSSID_ADDRESSES, { flags: "a" });
subscribe("http.server.response.finish", ({ request, response }) => {
  const { referer } = request.headers;
  file.write(`${JSON.stringify({ url: request.url, referer, location: response.getHeader("location") })}\n`);
});
