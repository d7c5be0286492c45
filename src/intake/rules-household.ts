/** As TK1-TS and its annex declare them; whose household it is, its code says. */
export interface HouseholdMember {
  household_code: string;
  member_key: string;
  full_name: string;
  insurance_number: string | null;
  paper_number: string | null;
  birth: { on: string; precision: "day" | "month" | "year" } | null;
  sex: number | null;
  nationality: string | null;
  ethnic_code: string | null;
  relation: string | null;
  relation_code: string | null;
  birth_place: string | null;
  takes_part: string | null;
  note: string | null;
}
