import { join } from "node:path";
import { projectRoot } from "../../src/db/root.ts";
import { foldName } from "../../src/kernel/names.ts";
import { states } from "../journeys/walk-pages.ts";

export const folder = join(projectRoot, "shots");
export const widths = [360, 1280] as const;
export const schemes = ["light", "dark"] as const;

/** "017-the-file-of-tran-thi-thuy-hoa": in the order of the walk. */
const nameAt = (says: string, at: number) =>
  `${String(at + 1).padStart(3, "0")}-${foldName(says)
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)}`;
export const names = states.map(({ says }, at) => nameAt(says, at));

interface Picture {
  name: string;
  width: number;
  scheme: string;
}
export const pictureOf = ({ name, width, scheme }: Picture) => `${name}-${width}-${scheme}.png`;
