import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestInfo } from "@playwright/test";
import { dossier, envelope, sampleWith } from "../../samples/envelope.ts";
import { type RunningApp, registerFolder } from "../fixtures.ts";
import type { Declarant } from "./people.ts";

/** Reads what was claimed with her card. */
export const soi: Declarant = {
  name: "Lại Thị Soi",
  sex: "Nữ",
  birth: ["4", "4", "1977"],
  idNumber: "052177000641",
  insuranceNumber: "0000000641",
  phone: "0999900641",
};

/** She is in the register, and a hospital sends two claims in her name: one she knows, one she does not. */
export async function hasTwoVisits(app: RunningApp, info: TestInfo): Promise<void> {
  await app.vssid("import", "persons", join(registerFolder, "visits-persons.csv"));
  await hasVisits(app, info, soi, ["20261012", "20261103"]);
}

/** A hospital sends a claim for each of those days in her name. */
export async function hasVisits(app: RunningApp, info: TestInfo, her: Declarant, days: string[]): Promise<void> {
  const born = [her.birth[2], her.birth[1].padStart(2, "0"), her.birth[0].padStart(2, "0"), "0000"].join("");
  const claims = days.map((day) =>
    dossier(
      sampleWith({
        ...{ "*.MA_LK": `${her.insuranceNumber}-${day}`, "XML1.HO_TEN": her.name, "XML1.SO_CCCD": her.idNumber },
        ...{ "XML1.NGAY_SINH": born, "XML1.GIOI_TINH": "2", "XML1.MA_THE_BHYT": her.insuranceNumber },
        ...{ "XML1.NGAY_VAO": `${day}0820`, "XML1.NGAY_RA": `${day}1000`, "XML1.NGAY_TTOAN": `${day}1005` },
      }),
    ),
  );
  const file = info.outputPath("claims.xml");
  await writeFile(file, envelope(claims));
  await app.vssid("import", "claims", file);
}
