import type { Row } from "./kinds.ts";
import { open, ownRecord } from "./rows.ts";

/** The card on a telephone: rows of the access table. */
const handle = "khong-co-tay-nam";

export const offlineRows: Record<string, Row> = {
  "GET /app/offline": open(),
  "GET /install": open(),
  "GET /guides": open(),
  "GET /guides/:role": open({ given: () => ({ params: { role: "new" } }) }),
  "GET /pass.js": open(),
  "GET /app/card/pass": ownRecord(),
  "GET /verify": open(),
  "POST /verify": open({ given: () => ({ form: { code: "x" } }) }),
  "GET /.well-known/vssid-card-keys.json": open(),
  "GET /app/keep": ownRecord(),
  "POST /app/keep/removal": ownRecord(),
  "POST /account/devices/card": ownRecord(),
  "POST /api/v1/me/kept-cards": ownRecord({ given: () => ({ body: { lock: "pin" } }) }),
  // A handle that is none of ours names no device, whoever asks.
  "POST /api/v1/me/kept-cards/renewal": { lets: {}, hasThing: false, given: () => ({ body: { handle } }) },
  "POST /api/v1/kept-cards/contact": open({ given: () => ({ body: { handle } }) }),
  "POST /api/v1/kept-cards/removal": open({ given: () => ({ body: { handle } }) }),
};
