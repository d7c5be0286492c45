import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { listCertificates } from "../intake/store-signature.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { endTrust, trust } from "./certificate.ts";
import { listTokens } from "./store-tokens.ts";
import { issueToken, stopToken } from "./token.ts";

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;

/** `vssid facility …`: what facilities may send with, and whose signatures are trusted. */
export function register(program: Command, openHouse: OpenHouse): void {
  const facility = program
    .command("facility")
    .description("Care facilities: tokens to send with, certificates to trust");
  const run = (work: (house: House) => Promise<unknown>) => within(openHouse, work);
  const token = facility.command("token").description("Tokens for sending files over HTTP");
  token
    .command("add")
    .description("Make a token for one facility; it is printed once and kept nowhere")
    .requiredOption("--facility <code>", "MACSKCB, five signs")
    .requiredOption("--label <text>", "whose program holds it")
    .option("--days <number>", "good for so many days", "365")
    .action((options: { facility: string; label: string; days: string }) =>
      run((house) => issueToken(house, { ...options, days: Number(options.days) })),
    );
  token
    .command("list")
    .description("Every token with its facility and days; never the token itself")
    .action(() => run((house) => listTokens(house.db)));
  token
    .command("stop <id>")
    .description("Stop a token at once")
    .action((id: string) => run((house) => stopToken(house, id)));
  const certificate = facility.command("certificate").description("Certificates that sign claim files");
  certificate
    .command("trust <file>")
    .description("Trust this certificate (PEM or DER) for a facility")
    .requiredOption("--facility <code>", "MACSKCB, five signs")
    .action((file: string, options: { facility: string }) =>
      run((house) => trust(house, options.facility, readFileSync(file))),
    );
  certificate
    .command("list")
    .description("Trusted certificates by facility")
    .action(() =>
      run(async (house) =>
        (await listCertificates(house.db)).map((one) => ({ ...one, fingerprint: one.fingerprint.toString("hex") })),
      ),
    );
  certificate
    .command("end <fingerprint>")
    .description("Trust it no longer: files that come from now on are of an unknown certificate")
    .requiredOption("--facility <code>", "MACSKCB, five signs")
    .action((fingerprint: string, options: { facility: string }) =>
      run((house) => endTrust(house, options.facility, fingerprint)),
    );
}

async function within(openHouse: OpenHouse, work: (house: House) => Promise<unknown>): Promise<void> {
  const house = await openHouse();
  try {
    const told = await work(house);
    for (const line of Array.isArray(told) ? told : told === undefined ? [] : [told]) console.log(JSON.stringify(line));
  } catch (error) {
    if (error instanceof Invalid) throw new Error(error.faults.map(({ key }) => faultTexts[key] ?? key).join("; "));
    if (error instanceof NotFound) throw new Error(`there is no such ${error.what}, or it has ended`);
    throw error;
  } finally {
    await house.close();
  }
}

const faultTexts: Record<string, string> = {
  facility_code: "--facility: five signs as in MACSKCB",
  days_range: "--days: a whole number from 1 to 730",
  label_missing: "--label: 1 to 100 signs",
  not_a_certificate: "the file holds no X.509 certificate",
  weak_key: "only RSA keys of 2048 bits or more are taken",
};
