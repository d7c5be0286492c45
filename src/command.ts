import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { register as registerStaff } from "./account/cli.ts";
import { register as registerAudit } from "./audit/cli.ts";
import { register as registerBackup, type Surroundings } from "./backup/cli.ts";
import { register as registerStandby } from "./backup/cli-standby.ts";
import { register as registerBreach } from "./breach/cli.ts";
import { register as registerCertificates } from "./certificates/cli.ts";
import { commandSentence } from "./command-sentence.ts";
import { register as registerKeys } from "./data-keys/cli.ts";
import { giveWay } from "./db/give-way.ts";
import { projectRoot } from "./db/root.ts";
import { register as registerDrive } from "./drive/cli.ts";
import { register as registerFacility } from "./facility/cli.ts";
import { register as registerGenerate } from "./generate/cli.ts";
import { forCommand, houseOn, makeHouse, type OpenHouse } from "./house.ts";
import { register as registerImport } from "./intake/cli.ts";
import { register as registerLogins } from "./logins/cli.ts";
import { register as registerLooks } from "./looks/cli.ts";
import { register as registerPolicy } from "./policy/cli.ts";
import { register as registerPush } from "./push/cli.ts";
import { register as registerLapse } from "./registration/cli.ts";
import { register as registerRetention } from "./retention/cli.ts";
import { register as registerRoster } from "./roster/cli.ts";
import { register as registerDemo } from "./seed/cli.ts";
import { register as registerSensitive } from "./sensitive/cli.ts";
import { type Environment, parseEnvironment } from "./settings.ts";
import { register as registerTemplates } from "./texts/cli.ts";
import { register as registerClock } from "./timekeeping/cli.ts";
import { register as registerUnits } from "./units/cli.ts";
import { runDue } from "./worker.ts";

/** Every command of the operator; `openHouse` is asked when one needs the database. */
export function programFor(openHouse: () => Promise<OpenHouse>, surroundings: Surroundings): Command {
  const program = new Command("vssid").description("VssID: the operator's commands").showHelpAfterError();
  for (const register of [
    registerImport,
    registerFacility,
    registerGenerate,
    registerStaff,
    registerUnits,
    registerDrive,
    registerPolicy,
    registerPush,
    registerTemplates,
    registerRoster,
    registerLapse,
    registerClock,
    registerAudit,
    registerLooks,
    registerBreach,
    registerKeys,
    registerRetention,
    registerSensitive,
    registerDemo,
  ]) {
    register(program, openHouse);
  }
  registerBackup(program, openHouse, surroundings);
  registerStandby(program, openHouse);
  registerCertificates(program, openHouse);
  registerLogins(program, openHouse);
  return program;
}

/** Parses and runs one command; exit 1 with one plain line when it could not run. */
export async function runCommand(argv: string[], env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await programFor(() => openFor(argv, env), surroundingsOf(env)).parseAsync(argv);
  } catch (error) {
    console.error(`vssid: ${commandSentence(error)}`);
    process.exitCode = 1;
  }
}

/** This process does one thing and ends: an import in it may stand behind everybody else. */
async function openFor(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<OpenHouse> {
  const house = await openForCommand(env);
  if (argv[2] === "import") giveWay(house);
  return house;
}

async function openForCommand(env: NodeJS.ProcessEnv): Promise<OpenHouse> {
  return makeHouse(environmentOf(env), forCommand);
}

function surroundingsOf(env: NodeJS.ProcessEnv): Surroundings {
  return {
    settings: () => environmentOf(env).settings,
    version: programVersion(),
    openOn: async (server) => houseOn({ ...server, owner: server.connection }, environmentOf(env), forCommand),
    runDue: (house) => runDue(house),
  };
}

function programVersion(): string {
  return (JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { version: string }).version;
}

function environmentOf(env: NodeJS.ProcessEnv): Environment {
  const parsed = parseEnvironment(env, projectRoot);
  if (!parsed.ok) throw new Error(`settings: ${parsed.faults.join("; ")}`);
  return parsed.value;
}
