import type { House } from "../db/house.ts";

/** Keyed marks: what must be told apart later without being readable in the database. */
type Vaulted = Pick<House, "vault">;

export const boundMark = ({ vault }: Vaulted, boundTo: string) => vault.mark("code-bound", boundTo);
export const subjectMark = ({ vault }: Vaulted, subject: string) => vault.mark("code-subject", subject);
export const recipientMark = ({ vault }: Vaulted, recipient: string) => vault.mark("code-recipient", recipient);
export const blockMark = ({ vault }: Vaulted, block: string) => vault.mark("code-block", block);
export const prefixMark = ({ vault }: Vaulted, prefix: string) => vault.mark("code-prefix", prefix);
export const codeMark = ({ vault }: Vaulted, codeId: string, code: string) =>
  vault.mark("one-time-code", `${codeId}:${code}`);
