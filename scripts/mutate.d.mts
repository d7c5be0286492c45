export interface Mutant {
  from: number;
  to: number;
  is: string;
  was: string;
  line: number;
}
export function mutantsOf(text: string, path: string): Mutant[];
export function apply(text: string, mutant: Mutant): string;
