export interface Stage {
  from: string;
  copies: { from: string | undefined; sources: string[]; to: string }[];
  runs: string[][];
  env: Record<string, string>;
  user?: string;
  stopSignal?: string;
  entry?: string[];
  health?: string[];
}
export function readContainerfile(text: string): Stage[];
