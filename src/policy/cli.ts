import type { Command } from "commander";
import { z } from "zod";
import { accountPolicies } from "../account/rules-policies.ts";
import { sessionPolicies } from "../account/rules-session.ts";
import { benefitPolicies } from "../benefits/rules-next.ts";
import { breachPolicies } from "../breach/rules.ts";
import { campaignPolicies } from "../campaign/rules.ts";
import { passPolicies } from "../card-pass/rules.ts";
import { certificatePolicies } from "../certificates/rules.ts";
import { codePolicies } from "../codes/rules.ts";
import { contactPolicies } from "../contact/rules.ts";
import { coveragePolicies } from "../coverage/rules.ts";
import { keyPolicies } from "../data-keys/rules-ages.ts";
import type { House } from "../db/house.ts";
import { drivePolicies } from "../drive/rules-invitation.ts";
import { intakePolicies } from "../facility/rules.ts";
import { fileQuotas } from "../file-quota/rules.ts";
import { guardianPolicies } from "../guardian/rules-policies.ts";
import { guessPolicies } from "../guesses/rules.ts";
import { hotlinePolicies } from "../hotline/rules-policies.ts";
import { inboxPolicies } from "../inbox/rules.ts";
import { dayOf, plainDate } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import type { Policy } from "../kernel/policy.ts";
import { letterPolicies } from "../letters/rules-reminders.ts";
import { lookPolicies } from "../looks/rules-policies.ts";
import { mailingPolicies } from "../mailing/rules-policies.ts";
import { deadNumberPolicies } from "../notices/rules-dead-numbers.ts";
import { noticePolicies } from "../notices/rules-receipts.ts";
import { participationPolicies } from "../participation/rules-arrears.ts";
import { promisePolicies } from "../promise/rules.ts";
import { alarmPolicies } from "../promise/rules-alarms.ts";
import { pushPolicies } from "../push/rules.ts";
import { findNumberPolicies } from "../registration/rules-find-number.ts";
import { paperPolicies } from "../registration/rules-paper-policies.ts";
import { proofPolicies } from "../registration/rules-proof.ts";
import { registrationPolicies } from "../registration/rules-reminders.ts";
import { retentionPolicies } from "../retention/rules.ts";
import { rightsPolicies } from "../rights/rules.ts";
import { rosterPolicies } from "../roster/rules-policies.ts";
import { statementPolicies } from "../statement/rules.ts";
import { timePolicies } from "../timekeeping/rules.ts";
import { setPolicy } from "./set.ts";
import { laterValues, policyWithDay } from "./store.ts";

/** Everything that an operator may change by date, by feature. */
export const policies: readonly Policy<unknown>[] = [
  ...codePolicies,
  ...accountPolicies,
  ...guardianPolicies,
  ...proofPolicies,
  ...findNumberPolicies,
  ...registrationPolicies,
  ...promisePolicies,
  ...coveragePolicies,
  ...pushPolicies,
  ...passPolicies,
  ...noticePolicies,
  ...alarmPolicies,
  ...guessPolicies,
  ...certificatePolicies,
  ...keyPolicies,
  ...sessionPolicies,
  ...contactPolicies,
  ...inboxPolicies,
  ...deadNumberPolicies,
  ...paperPolicies,
  ...participationPolicies,
  ...intakePolicies,
  ...fileQuotas,
  ...benefitPolicies,
  ...statementPolicies,
  ...rightsPolicies,
  ...letterPolicies,
  ...rosterPolicies,
  ...drivePolicies,
  ...campaignPolicies,
  ...mailingPolicies,
  ...hotlinePolicies,
  ...retentionPolicies,
  ...lookPolicies,
  ...breachPolicies,
  ...timePolicies,
];

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;

/** `vssid policy list` and `vssid policy set`. */
export function register(program: Command, openHouse: OpenHouse): void {
  const policy = program.command("policy").description("What an operator may change, by date");
  policy
    .command("list")
    .description("Every policy with its value in force")
    .option("--on <day>", "as of this day (yyyy-mm-dd); today when absent")
    .action(async (options: { on?: string }) => {
      await withHouse(openHouse, async (house) => {
        const on = options.on ? plainDate(options.on) : dayOf(house.clock.now());
        for (const one of policies) {
          const held = await policyWithDay(house.db, one, on);
          const told = [sinceWhen(held), ...(await laterValues(house.db, one, on)).map(valueSince)].join("; then ");
          console.log(`${one.name}\t${JSON.stringify(held.value)}\t${told}\t${one.meaning}`);
        }
      });
    });
  policy
    .command("set <name> <value>")
    .description("Gives a policy another value (JSON) from a day on")
    .requiredOption("--from <day>", "first day (yyyy-mm-dd)")
    .requiredOption("--by <who>", "whose decision: document or person")
    .action(async (name: string, text: string, options: { from: string; by: string }) => {
      const found = policies.find((one) => one.name === name);
      if (!found) throw new Error(`no policy is called ${name}; vssid policy list names them`);
      const value = readJson(text);
      await withHouse(openHouse, async (house) => {
        await setPolicy(house, found, { value, ...options }).catch((error) => explain(error, found, value));
        console.log(`${name} is ${JSON.stringify(value)} from ${options.from} on, by ${options.by}`);
        await tellLater(house, found, options.from);
      });
    });
}

type Held = { from: string; value: unknown; by: string | undefined };
const sinceWhen = ({ from, by }: Held) => `from ${from}, ${by ?? "as delivered"}`;
const valueSince = (held: Held) => `${JSON.stringify(held.value)} ${sinceWhen(held)}`;

/** A value that stands in the list already, or comes with the product, ends what was set; that may have been yesterday. */
async function tellLater({ db, clock }: House, policy: Policy<unknown>, from: string): Promise<void> {
  const [next] = await laterValues(db, policy, plainDate(from));
  if (!next) return;
  console.log(`then ${valueSince(next)}`);
  const today = dayOf(clock.now());
  if (next.from > today.toString()) return;
  const held = await policyWithDay(db, policy, today);
  console.log(`so nothing changes today: ${valueSince(held)}. To change it from today on: --from ${today}`);
}

/** A refusal in the words of the command line. */
function explain(error: unknown, { schema, values }: Policy<unknown>, value: unknown): never {
  if (!(error instanceof Invalid)) throw error;
  // The pages of the web set another language for the whole process.
  const { error: misfit } = schema.safeParse(value, { error: z.locales.en().localeError });
  const texts: Record<string, string> = {
    policy_value: `the value does not fit: ${misfit ? z.prettifyError(misfit) : ""}\nAs delivered it is ${JSON.stringify(values.at(-1)?.value)}.`,
    policy_day: "--from: no such day (yyyy-mm-dd)",
    policy_day_early: `--from: the first value holds from ${values[0]?.from} on`,
    by_missing: "--by: whose decision it is",
  };
  throw new Error(error.faults.map(({ key }) => texts[key] ?? key).join("; "));
}

async function withHouse(openHouse: OpenHouse, work: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse();
  try {
    await work(house);
  } finally {
    await house.close();
  }
}

/** A bare word is a text; everything else is JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
