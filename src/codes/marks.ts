import type { House } from "../db/house.ts";

/** Keyed marks: what must be told apart later without being readable in the database. */
type Vaulted = Pick<House, "vault">;

export const boundMarks = ({ vault }: Vaulted, boundTo: string) => vault.marks("code-bound", boundTo);
export const codeMark = ({ vault }: Vaulted, codeId: string, code: string) => vault.mark(CODE, `${codeId}:${code}`);
export const isCode = ({ vault }: Vaulted, codeId: string, code: string, held: Buffer) =>
  vault.isMark(CODE, `${codeId}:${code}`, held);

const CODE = "one-time-code";

/** Of what is counted: under every secret, so that no budget begins anew because one was turned over. */
export const subjectMarks = ({ vault }: Vaulted, subject: string) => vault.everyMark("code-subject", subject);
export const recipientMarks = ({ vault }: Vaulted, recipient: string) => vault.everyMark("code-recipient", recipient);
export const blockMarks = ({ vault }: Vaulted, block: string) => vault.everyMark("code-block", block);
export const prefixMarks = ({ vault }: Vaulted, prefix: string) => vault.everyMark("code-prefix", prefix);
