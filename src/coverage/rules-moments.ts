/** The five moments of a person in the roll-out: counted apart, never mixed. */
export const MOMENTS = ["declared", "handed_in", "approved", "signed_in", "installed"] as const;
export type Moment = (typeof MOMENTS)[number];

/** People of a unit, or an office, at the end of a day, and how many had come to each moment. */
export type Counts = { people: number } & Record<Moment, number>;

/** The code under which an office's people are counted, among those of units. */
export const officeScope = (officeCode: string): string => `@${officeCode}`;
