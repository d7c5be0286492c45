/** One line of "who looked": the same deed by the same office, again within the minute, is one line with a count. */
export interface Look {
  event_id: string;
  at: Date;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  purpose: string;
  office_name: string | null;
}

export interface LookLine extends Look {
  times: number;
}

const MINUTE_MS = 60_000;

/** `looks` newest first; the order stays. */
export function lookLines(looks: readonly Look[]): LookLine[] {
  const lines: LookLine[] = [];
  for (const look of looks) {
    const last = lines.at(-1);
    if (last && isAgain(last, look)) last.times += 1;
    else lines.push({ ...look, times: 1 });
  }
  return lines;
}

function isAgain(line: LookLine, look: Look): boolean {
  return (
    line.at.getTime() - look.at.getTime() < MINUTE_MS &&
    line.actor_kind === look.actor_kind &&
    line.actor_id === look.actor_id &&
    line.action === look.action &&
    line.purpose === look.purpose &&
    line.office_name === look.office_name
  );
}
