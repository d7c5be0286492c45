import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotFound } from "../kernel/failures.ts";
import { resetFactorsOf } from "../staff-factor/reset.ts";
import { RESET_REASONS } from "../staff-factor/rules.ts";
import { registerReview } from "./cli-review.ts";
import { changeRight } from "./rights.ts";
import { staffRoles } from "./rules-staff.ts";
import { addStaff, changeRole, removeStaff, renewStaffPassword } from "./staff.ts";
import { listStaff } from "./store-staff.ts";

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;

interface RoleOptions {
  username: string;
  role: string;
  office?: string;
  unit?: string;
  end?: boolean;
}

/** `vssid user …`: accounts of staff. A password is printed once and kept nowhere. */
export function register(program: Command, openHouse: OpenHouse): void {
  const user = program.command("user").description("Accounts of staff");
  const run = (work: (house: House) => Promise<unknown>) => within(openHouse, work);
  const roles = `one of ${staffRoles.join(", ")}`;
  user
    .command("add")
    .description("Add a member of staff; prints the password once")
    .requiredOption("--username <name>", "3 to 32 small letters, digits, dots and dashes")
    .requiredOption("--name <full name>", "name as colleagues and records show it")
    .requiredOption("--role <role>", roles)
    .option("--office <code>", "BHXH office; needed for officers and supervisors")
    .option("--unit <code>", "employer, school or commune")
    .option("--email <address>", "where the member is told of changes to the sign-in")
    .action((options: RoleOptions & { name: string; email?: string }) =>
      run(async (house) => print(await addStaff(house, options))),
    );
  user
    .command("list")
    .description("Everybody, with today's roles")
    .action(() => run(async (house) => print(await listStaff(house.db, dayOf(house.clock.now()).toString()))));
  user
    .command("role")
    .description("Give a role, or end it with --end")
    .requiredOption("--username <name>", "who")
    .requiredOption("--role <role>", roles)
    .option("--office <code>", "BHXH office")
    .option("--unit <code>", "employer, school or commune")
    .option("--end", "end the role at once: at the office or unit that is named, else at every one")
    .action((options: RoleOptions) =>
      run((house) => changeRole(house, options.username, { ...options, isEnding: options.end ?? false })),
    );
  user
    .command("right")
    .description("Give a right beyond the role to one person, or end it with --end")
    .requiredOption("--username <name>", "who")
    .requiredOption(
      "--right <right>",
      "claims: what claims say of care; hiv: XML6 and claims with HIV codes, beside it; rows: rejected rows of tables",
    )
    .option("--by <who>", "whose decision: document or person")
    .option("--end", "end it at once")
    .action((options: { username: string; right: string; by?: string; end?: boolean }) =>
      run((house) => changeRight(house, { ...options, isEnding: options.end ?? false })),
    );
  registerSecrets(user, run);
  registerReview(user, (work) => run(async (house) => print(await work(house))));
  user
    .command("remove")
    .description("Close the account of somebody who leaves")
    .requiredOption("--username <name>", "who")
    .action((options: { username: string }) => run((house) => removeStaff(house, options.username)));
}

/** Password and second factor of somebody who lost them. */
function registerSecrets(user: Command, run: (work: (house: House) => Promise<unknown>) => Promise<void>): void {
  user
    .command("password")
    .description("Set a new password and print it once; open sessions end")
    .requiredOption("--username <name>", "who")
    .action((options: { username: string }) =>
      run(async (house) => print(await renewStaffPassword(house, options.username))),
    );
  user
    .command("factor")
    .description("Take the second factor away from somebody who lost it; the next sign-in asks for a new one")
    .requiredOption("--username <name>", "who")
    .requiredOption("--reset", "yes, take it away")
    .requiredOption("--reason <reason>", `one of ${RESET_REASONS.join(", ")}`)
    .action((options: { username: string; reason: string }) =>
      run(async (house) => print(await resetFactorsOf(house, options.username, options.reason))),
    );
}

function print(value: unknown): void {
  for (const line of Array.isArray(value) ? value : [value]) console.log(JSON.stringify(line));
}

async function within(openHouse: OpenHouse, work: (house: House) => Promise<unknown>): Promise<void> {
  const house = await openHouse();
  try {
    await work(house);
  } catch (error) {
    if (error instanceof NotFound) throw new Error(missingTexts[error.what] ?? error.message);
    if (error instanceof Conflict) throw new Error(conflictTexts[error.code] ?? error.message);
    if (!(error instanceof Invalid)) throw error;
    throw new Error(error.faults.map((fault) => faultTexts[fault.key] ?? fault.key).join("; "));
  } finally {
    await house.close();
  }
}

const missingTexts: Record<string, string> = {
  staff: "--username: nobody of staff has this name",
  held: "this member of staff holds no such role or right there: nothing was ended",
};

const conflictTexts: Record<string, string> = {
  staff_not_active:
    "this account is closed, or stopped because nobody came: vssid user resume takes a stopped one up again, a closed one stays closed",
  username_taken: "--username: somebody of staff has, or had, this name",
  not_stopped: "this account was not stopped by itself: it is open, or closed for good",
};

const faultTexts: Record<string, string> = {
  username_shape: "--username: 3 to 32 small letters, digits, dots and dashes, beginning with a letter",
  name_missing: "--name is empty",
  role_unknown: `--role must be one of ${staffRoles.join(", ")}`,
  right_unknown: "--right must be claims, hiv or rows",
  by_missing: "--by: whose decision it is",
  office_missing: "--office is needed for this role",
  email_shape: "--email must be an address like ten@example.vn",
  nothing_held: "nothing is held that could be confirmed",
  reason_missing: `--reason must be one of ${RESET_REASONS.join(", ")}`,
  office_unknown: "--office: no office has this code",
};
