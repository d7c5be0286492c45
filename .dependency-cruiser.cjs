// The import law of CONTRIBUTING.md. Types count as imports: a layer that knows another's types depends on it.
const delivery = "(\\.tsx|/api[^/]*\\.ts|/cli\\.ts|/routes\\.ts)$";
const notTests = { pathNot: "\\.(test|fixture)\\.tsx?$" };
const roots = "^src/(app|main|cli|command|serve|house|warm|worker|settings|keys|node-version)\\.ts$";
const platform = "^src/(kernel|vault|db|ui|web)/";

/** From files that match, to ours that match; outside packages are not the law's business. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from: { ...notTests, ...from }, to });

module.exports = {
  forbidden: [
    forbid(
      "no-circle",
      "Two modules that need each other to run are one.",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    forbid("kernel-alone", "kernel imports nothing of ours.", { path: "^src/kernel/" }, { path: "^src/(?!kernel/)" }),
    forbid("vault-on-kernel", "vault imports kernel.", { path: "^src/vault/" }, { path: "^src/(?!(kernel|vault)/)" }),
    forbid("db-below", "db imports kernel and vault.", { path: "^src/db/" }, { path: "^src/(?!(kernel|vault|db)/)" }),
    forbid("ui-below", "ui imports kernel.", { path: "^src/ui/" }, { path: "^src/(?!(kernel|ui)/)" }),
    forbid(
      "web-below",
      "web imports kernel, db, vault and ui.",
      { path: "^src/web/" },
      { path: "^src/(?!(kernel|db|vault|ui|web)/)" },
    ),
    forbid(
      "rules-are-pure",
      "Rules import the kernel and their own rules: nothing that reads, writes or waits.",
      { path: "^src/([^/]+)/.*\\brules[^/]*\\.ts$" },
      { path: "^src/", pathNot: ["^src/kernel/", "^src/$1/.*\\brules[^/]*\\.ts$"] },
    ),
    forbid(
      "rules-touch-nothing",
      "Rules reach neither database nor disk nor network.",
      { path: "^src/([^/]+)/.*\\brules[^/]*\\.ts$" },
      { path: "^(node:)?(fs|fs/promises|net|http|https|child_process|timers)$|node_modules/(pg|kysely|fastify)/" },
    ),
    forbid(
      "store-on-kernel-and-db",
      "Stores import kernel, db and their own rules.",
      { path: "^src/([^/]+)/.*\\bstore[^/]*\\.ts$", pathNot: [notTests.pathNot, platform] },
      { path: "^src/", pathNot: ["^src/(kernel|db)/", "^src/$1/.*\\b(rules|store)[^/]*\\.ts$"] },
    ),
    forbid(
      "verbs-know-no-delivery",
      "Verbs, rules and stores know neither pages nor addresses nor commands.",
      { path: "^src/[^/]+/", pathNot: [notTests.pathNot, platform, delivery] },
      { path: [delivery, "^src/(ui|web)/"], pathNot: ["words[^/]*\\.ts$"] },
    ),
    forbid(
      "delivery-alone",
      "A page, API or command imports no other feature's page, API or command.",
      { path: `^src/([^/]+)/.*${delivery}`, pathNot: [notTests.pathNot, platform] },
      { path: `^src/[^/]+/.*${delivery}`, pathNot: ["^src/$1/", "^src/(ui|web)/"] },
    ),
    forbid("roots-on-top", "Nothing below imports what composes it.", { path: "^src/[^/]+/" }, { path: roots }),
    forbid("tests-outside", "The product never imports tests.", { path: "^src/" }, { path: "^(test|bench|faults)/" }),
    forbid(
      "declared-packages",
      "Only packages that package.json declares.",
      { path: "^src/" },
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
    forbid(
      "runs-on-declared-packages",
      "What runs on the server is not for development only; readers of pictures are bundled for the browser.",
      { path: "^src/", pathNot: `${notTests.pathNot}|^src/registration/scan/(read-by-zxing|read-mrz|rules-mrz)\\.ts$` },
      { dependencyTypes: ["npm-dev"] },
    ),
    // The bundler alone knows what an address of a program in a package is.
    forbid("resolvable", "Every import leads somewhere.", {}, { couldNotResolve: true, pathNot: "\\.wasm\\?url$" }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
