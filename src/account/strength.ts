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
  if (guessesFor(sequence) >= GUESSES_LEAST) return undefined;
  return sequence.some((part) => part.dictionaryName === "userInputs") ? "password_personal" : "password_common";
}

/**
 * Each part's guesses, in any order of the parts. The library's own total adds 10,000 for every part,
 * which would let three common words in a row through.
 */
function guessesFor(parts: readonly MatchExtended[]): number {
  return parts.reduce((product, part, at) => product * Number(part.guesses) * (at + 1), 1);
}
