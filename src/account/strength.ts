import { type MatchExtended, ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import { foldName } from "../kernel/names.ts";
import { commonWords } from "./common-words.ts";
import { isMostlyOwn, type OwnFacts, ownWords, type PasswordFault, shapeFault } from "./rules-password.ts";

/** From here on a guesser needs 100 million tries: five a quarter of an hour is 570 years. */
const GUESSES_LEAST = 1e8;

let estimator: ZxcvbnFactory | undefined;

/** Made when the first password is chosen: 57,000 words take 30 ms to sort. */
function theEstimator(): ZxcvbnFactory {
  estimator ??= new ZxcvbnFactory({
    dictionary: { ...dictionary, vietnamese: [...commonWords] },
    graphs: { qwerty: adjacencyGraphs.qwerty, keypad: adjacencyGraphs.keypad },
    // Bounds for hostile input: a password whose first 64 signs are strong is strong.
    maxLength: 64,
    l33tMaxSubstitutions: 4,
  });
  return estimator;
}

/** The one fault of a password that somebody chooses, or undefined. The same for pages, API and machine-made ones. */
export function passwordFault(typed: string, own?: OwnFacts): PasswordFault | undefined {
  const fault = shapeFault(typed);
  if (fault) return fault;
  const plain = foldName(typed).replace(/\s/gu, "");
  const words = own ? ownWords(own) : [];
  if (isMostlyOwn(plain, words)) return "password_personal";
  const { sequence } = theEstimator().check(plain, words);
  if (guessesFor(sequence) >= GUESSES_LEAST && isStrongWithoutRuns(plain, words)) return undefined;
  return sequence.some((part) => part.dictionaryName === "userInputs") ? "password_personal" : "password_common";
}

/** Runs that everybody knows (123456789, aaaa) stretch a word, they do not strengthen it. */
function isStrongWithoutRuns(plain: string, words: string[]): boolean {
  // "nokia5320" and "12345": the 0 may be the end of the one or the beginning of the other.
  return [true, false].every((isZeroKept) => {
    const bare = withoutRuns(plain, isZeroKept);
    if (bare === plain) return true;
    return RUNS_WORTH * guessesFor(theEstimator().check(bare, words).sequence) >= GUESSES_LEAST;
  });
}

/** A guesser tries ten lengths of such a run. */
const RUNS_WORTH = 10;

const RUN_LEAST = 4;

/** Four of one sign and more count once; four digits and more that count upwards do not count at all. */
function withoutRuns(plain: string, isZeroKept: boolean): string {
  let kept = "";
  let run = "";
  for (const sign of [...plain.replace(/(.)\1{3,}/gu, "$1"), ""]) {
    if (run !== "" && /\d/.test(sign) && Number(sign) === (Number(run.at(-1)) + 1) % 10) {
      run += sign;
      continue;
    }
    if (run.length < RUN_LEAST) kept += run;
    else if (isZeroKept && run.startsWith("0")) kept += "0";
    run = sign;
  }
  return kept;
}

/**
 * Each part's guesses, in any order of the parts. The library's own total adds 10,000 for every part,
 * which would let three common words in a row through.
 */
function guessesFor(parts: readonly MatchExtended[]): number {
  return parts.reduce((product, part, at) => product * Number(part.guesses) * (at + 1), 1);
}
