import { createECDH, randomUUID } from "node:crypto";

/** What a browser gives when notices are switched on in it. */
export function aSubscription(endpoint = `https://fcm.googleapis.com/fcm/send/${randomUUID()}`): string {
  const p256dh = createECDH("prime256v1").generateKeys("base64url");
  return JSON.stringify({ endpoint, keys: { p256dh, auth: Buffer.alloc(16, 5).toString("base64url") } });
}
