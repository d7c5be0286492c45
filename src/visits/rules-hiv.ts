/**
 * What tells of HIV (NĐ 356/2025 art. 4): the diseases B20–B24 and their neighbours, the entitlement of HIV patients,
 * the table XML6. Staff need a right of their own for these, whatever their role. Pure.
 */
const CODES = /^(B2[0-4]|O98\.?7|R75|Z11\.?4|Z20\.?6|Z21|Z71\.?7)/;
const ENTITLEMENT = "1.9";

export interface HivSigns {
  mainCode: string;
  /** Split by ";". */
  otherCodes: string | null;
  entitlementCode: string | null;
  hasHivTable: boolean;
}

export function tellsOfHiv({ mainCode, otherCodes, entitlementCode, hasHivTable }: HivSigns): boolean {
  const codes = [mainCode, ...(otherCodes ?? "").split(";")];
  return hasHivTable || entitlementCode === ENTITLEMENT || codes.some((code) => CODES.test(code.trim().toUpperCase()));
}
