import { mkdirSync, rmSync } from "node:fs";
import { startClusters } from "../journeys/clusters-setup.ts";
import { shots } from "./shots.ts";

export default async (): Promise<() => Promise<void>> => {
  rmSync(shots, { recursive: true, force: true });
  mkdirSync(shots, { recursive: true });
  return startClusters(["pg18"]);
};
