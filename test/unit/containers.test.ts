import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readContainerfile } from "../../scripts/containerfile.mjs";
import { projectRoot } from "../../src/db/root.ts";

const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");
const isThere = (path: string) => existsSync(join(projectRoot, path));

describe("the image", () => {
  const stages = readContainerfile(read("ops/Containerfile"));
  const last = stages.at(-1);

  it("copies only what is there, and everything that the build reads", () => {
    const [build] = stages;
    const sources = build?.copies.flatMap((copy) => copy.sources) ?? [];
    expect(sources.filter((path) => !isThere(path))).toEqual([]);
    for (const path of ["src", "bench", "faults", "db", "scripts", "package-lock.json", "tsconfig.json"]) {
      expect(sources).toContain(path);
    }
    expect(build?.runs.flat().filter((word) => word.endsWith(".mjs") && !isThere(word))).toEqual([]);
    expect(build?.runs[0]).toEqual(["npm", "ci", "--ignore-scripts"]);
  });

  it("runs as nobody, without a shell, from the release alone, and is asked whether it is ready", () => {
    expect(last?.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(last?.runs).toEqual([]);
    expect(last?.copies).toEqual([{ from: "build", sources: ["/release"], to: "/opt/vssid" }]);
    expect(last?.entry).toEqual(["/opt/vssid/node_modules/.bin/node", "/opt/vssid/dist/main.js"]);
    expect(isThere(last?.health?.at(-1)?.replace("/opt/vssid/", "") ?? "nothing")).toBe(true);
    expect(last?.stopSignal).toBe("SIGTERM");
  });
});

interface Service {
  read_only?: boolean;
  user?: string;
  cap_drop?: string[];
  ports?: string[];
  volumes?: string[];
  secrets?: string[];
  networks?: string[];
  depends_on?: Record<string, unknown>;
  build?: { dockerfile: string };
  env_file?: string[];
  entrypoint?: string[];
  restart?: string;
}
interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  secrets: Record<string, unknown>;
  networks: Record<string, unknown>;
}

describe("the services together", () => {
  const compose = parse(read("ops/compose.yaml"), { merge: true }) as Compose;
  const services = Object.values(compose.services);

  it("name only volumes, secrets, networks, files and services that there are", () => {
    const named = services.flatMap((one) => one.volumes ?? []).map((one) => one.split(":")[0] ?? "");
    expect(
      named.filter((name) => !(name.startsWith("./") ? isThere(join("ops", name)) : name in compose.volumes)),
    ).toEqual([]);
    expect(services.flatMap((one) => one.secrets ?? []).filter((name) => !(name in compose.secrets))).toEqual([]);
    expect(services.flatMap((one) => one.networks ?? []).filter((name) => !(name in compose.networks))).toEqual([]);
    const needed = services.flatMap((one) => Object.keys(one.depends_on ?? {}));
    expect(needed.filter((name) => !(name in compose.services))).toEqual([]);
    expect(services.flatMap((one) => one.build?.dockerfile ?? []).filter((path) => !isThere(path))).toEqual([]);
  });

  it("let the world in through the proxy alone, and give the product nothing that it does not need", () => {
    expect(Object.entries(compose.services).flatMap(([name, { ports }]) => (ports ? [name] : []))).toEqual(["proxy"]);
    for (const name of ["web-1", "web-2"]) {
      expect(compose.services[name]).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
      expect(compose.services[name]?.user).toBe("65532:65532");
    }
  });
});

describe("the address of the database's owner", () => {
  it("is given to what changes the schema or copies everything, and to no process that serves", () => {
    const compose = parse(read("ops/compose.yaml"), { merge: true }) as Compose;
    const havingIt = Object.entries(compose.services).filter(([, { env_file: files }]) => files?.includes("owner"));
    expect(havingIt.map(([name]) => name)).toEqual(["migrate"]);
    expect(compose.services.migrate).toMatchObject({ restart: "no" });
    expect(compose.services.migrate?.entrypoint?.slice(2)).toEqual(["database", "migrate"]);
    for (const name of ["web-1", "web-2"]) {
      expect(compose.services[name]?.depends_on).toEqual({ migrate: { condition: "service_completed_successfully" } });
    }
  });

  it("is made by the installation, for root alone, before the processes start", () => {
    const script = read("ops/install.sh");
    expect(script).toContain("serving_url='postgres://vssid_server@");
    expect(script).toContain("local vssid vssid_server peer map=vssid");
    const [, steps = ""] = /^ {2}install\)\n([\s\S]*?);;/m.exec(script) ?? [];
    const order = [
      ...["make_database", "write_settings", "point_to", "make_secrets", "part_owner", "write_units"],
      ...["migrate_database", "restart_in_turn", "ask_owner_for_password"],
    ];
    const found = steps.split("\n").map((line) => line.trim().split(" ")[0] ?? "");
    expect(found.filter((step) => order.includes(step))).toEqual(order);
  });
});

describe("the units of systemd", () => {
  it("run what a release holds, and every setting stands on one line of its own", () => {
    for (const name of readdirSync(join(projectRoot, "ops/systemd"))) {
      const lines = read(`ops/systemd/${name}`).split("\n");
      const strange = lines.filter((line) => line && !/^(#|\[\w+\]$|[A-Z][A-Za-z]+=)/.test(line));
      expect(strange, name).toEqual([]);
    }
    const unit = read("ops/systemd/vssid@.service");
    const [, stopSeconds = "0"] = /TimeoutStopSec=(\d+)/.exec(unit) ?? [];
    const [, drainMs = "0"] = /drainMs = ([\d_]+)/.exec(read("src/serve.ts")) ?? [];
    expect(Number(stopSeconds) * 1000).toBeGreaterThan(Number(drainMs.replace("_", "")));
  });
});
