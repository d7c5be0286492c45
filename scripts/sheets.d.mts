export interface Duty {
  id: string;
  source: string;
  clause: string;
  duty: string;
  dutyVi: string;
  /** `path` or `path#symbol`. */
  code: string[];
  tests: { file: string; title: string }[];
  open?: string;
}
export interface DutySheet {
  sources: { key: string; name: string; nameVi: string }[];
  duties: Duty[];
}
export interface AssessmentSheet {
  purposes: { code: string; measures: string[] }[];
}
export interface AsvsRow {
  id: string;
  level: 1 | 2 | 3;
  verdict: "met" | "not applicable" | "open";
  evidence?: string;
  test?: string;
  reason?: string;
}
export interface WcagRow {
  id: string;
  level: "A" | "AA";
  name: string;
  verdict: "met" | "not applicable" | "open";
  evidence?: string;
  test?: string;
  reason?: string;
}
export function stateOf(duty: Duty): "met" | "part" | "open";
export function dutiesPage(sheet: DutySheet): string;
export function assessmentPage(sheet: AssessmentSheet): string;
export function asvsPage(sheet: readonly AsvsRow[]): string;
/** By the name that a state of a page has in test/journeys. */
export const MAIN_SCREENS: Readonly<Record<string, string>>;
export function wcagFigure(sheet: readonly WcagRow[]): string;
export function wcagPage(sheet: readonly WcagRow[]): string;
