/** What comes over a line and is no request that can be read: a head without an end, garbage, a sender who stalls. */
import type { Socket } from "node:net";

type Unreadable = Error & { code?: string; rawPacket?: unknown };

const ANSWERS = {
  408: ["Request Timeout", "Yêu cầu gửi lên chậm quá. Hãy thử lại.", "The request came too slowly. Try again."],
  413: ["Content Too Large", "Nội dung gửi lên lớn quá.", "What was sent is too large."],
  431: [
    "Request Header Fields Too Large",
    "Địa chỉ hoặc cookie dài quá. Hãy mở lại từ trang chủ, hoặc xóa cookie của trang này.",
    "The address or its cookies are too long. Start again from the home page, or clear this site's cookies.",
  ],
  400: ["Bad Request", "Yêu cầu không đọc được.", "The request could not be read."],
} as const;

const STATUSES: Readonly<Record<string, keyof typeof ANSWERS>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

/** Closed at once, a line on which somebody still sends is reset, and they never read the answer. */
const LINGER_MS = 2_000;

const answered = new WeakSet<Socket>();

/** As Fastify's `clientErrorHandler`: the parser fails again with each further piece, which is thrown away. */
export function answerUnreadable(error: Unreadable, socket: Socket): void {
  if (answered.has(socket)) return;
  answered.add(socket);
  if (error.code === "ECONNRESET" || !socket.writable || isAnswering(socket)) return void socket.destroy();
  const status = STATUSES[error.code ?? ""] ?? 400;
  const [reason, vi, en] = ANSWERS[status];
  const body = Buffer.from(`${vi}\n${en}\n`);
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    "content-type: text/plain; charset=utf-8",
    "x-content-type-options: nosniff",
    "cache-control: no-store",
    `content-length: ${body.length}`,
    "connection: close",
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  // An answer to HEAD has none, whatever its length says.
  const { rawPacket } = error;
  const isHead = Buffer.isBuffer(rawPacket) && rawPacket.subarray(0, 5).toString("latin1") === "HEAD ";
  socket.end(isHead ? "" : body);
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

/** Another answer has begun on this line: a second one in its middle would be taken for a part of it. */
function isAnswering(socket: Socket): boolean {
  const { _httpMessage } = socket as Socket & { _httpMessage?: { headersSent?: boolean } };
  return _httpMessage?.headersSent ?? false;
}
