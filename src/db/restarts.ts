/** When the PostgreSQL that this process keeps was not there, or not well, without anybody having ended it. */
const KEPT = 100;
const at: number[] = [];

export function noteRestart(): void {
  at.push(Date.now());
  if (at.length > KEPT) at.shift();
}

/** How often in the last milliseconds. */
export const restartsWithin = (ms: number): number => at.filter((one) => one > Date.now() - ms).length;
