/** Makes machine-readable lines of made-up people, with check digits that add up. */
export interface MrzPerson {
  /** Twelve digits, or the number of a passport. */
  number: string;
  /** Family name first, capital letters without marks. */
  name: readonly [string, ...string[]];
  /** yyMMdd. */
  birth: string;
  sex: "M" | "F";
  expires: string;
}

export function td1({ number, name, birth, sex, expires }: MrzPerson): string[] {
  const short = number.slice(3);
  const one = `IDVNM${short}${checkOf(short)}${number}<<${checkOf(number)}`;
  const two = `${birth}${checkOf(birth)}${sex}${expires}${checkOf(expires)}VNM<<<<<<<<<<<`;
  const all = checkOf(one.slice(5) + two.slice(0, 7) + two.slice(8, 15) + two.slice(18));
  return [one, two + all, nameOf(name, 30)];
}

export function td3({ number, name, birth, sex, expires }: MrzPerson, country = "VNM", own = ""): string[] {
  const document = number.padEnd(9, "<");
  const personal = own.padEnd(14, "<");
  const head = `${document}${checkOf(document)}${country}${birth}${checkOf(birth)}${sex}${expires}${checkOf(expires)}`;
  const two = `${head}${personal}${checkOf(personal)}`;
  const all = checkOf(two.slice(0, 10) + two.slice(13, 20) + two.slice(21, 43));
  return [`P<${country}${nameOf(name, 39)}`, two + all];
}

const nameOf = ([family, ...given]: MrzPerson["name"], length: number) =>
  `${family}<<${given.join("<")}`.slice(0, length).padEnd(length, "<");

/** Weights 7, 3, 1 (ICAO 9303). */
function checkOf(text: string): string {
  const worthOf = (sign: string) => (sign === "<" ? 0 : /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 55);
  return String([...text].reduce((sum, sign, at) => sum + worthOf(sign) * ([7, 3, 1][at % 3] ?? 0), 0) % 10);
}
