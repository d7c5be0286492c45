import { hash } from "node:crypto";

/** First 128 bits of SHA-256 of facility and episode key: the same claim, sent again, is the same row. */
export function visitIdOf(facilityCode: string, episodeKey: string): string {
  const hex = hash("sha256", `${facilityCode}|${episodeKey}`, "hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
