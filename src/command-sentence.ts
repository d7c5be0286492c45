import { NotFound } from "./kernel/failures.ts";

/** What an operator named and nobody knows, where the command itself has no words for it. */
const unknown: Record<string, string> = {
  staff: "no member of staff has this user name: bin/vssid user list",
  person: "nobody has this number",
  declaration: "no file has this code",
  office: "no office has this code: bin/vssid office list",
};

/** The one line after which a command ends that could not run. */
export function commandSentence(error: unknown): string {
  if (error instanceof NotFound) return unknown[error.what] ?? `there is no such ${error.what}`;
  return (error as Error).message;
}
