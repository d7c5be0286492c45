import type { RunningApp } from "../journeys/fixtures.ts";

/** The clock of the house as this drive last set it; it goes on by itself from there. */
export interface DriveClock {
  moveTo(iso: string): Promise<void>;
  now(): Date;
  /** What the worker does each minute is done at once; the clock is not moved. */
  sweep(): Promise<void>;
}

export function clockOf(app: RunningApp, startsAt: string): DriveClock {
  let offset = new Date(startsAt).getTime() - Date.now();
  const now = () => new Date(Date.now() + offset);
  return {
    now,
    async moveTo(iso) {
      await app.moveClock(iso, { sweeps: true });
      offset = new Date(iso).getTime() - Date.now();
    },
    sweep: () => app.moveClock(now().toISOString(), { sweeps: true }),
  };
}
