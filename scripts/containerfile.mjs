// Reads the few words of a Containerfile that ours uses; throws on any other.
const words = "ARG FROM WORKDIR COPY RUN ENV USER VOLUME EXPOSE STOPSIGNAL HEALTHCHECK ENTRYPOINT".split(" ");

/** The stages in order; a line is its word and the rest. */
export function readContainerfile(text) {
  const lines = text
    .replace(/^#.*$/gm, "")
    .replace(/\\\n/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const stages = [];
  for (const line of lines) {
    const [word, ...parts] = line.trim().split(/\s+/);
    const rest = parts.join(" ");
    if (!words.includes(word)) throw new Error(`not understood: ${line}`);
    if (word === "FROM") stages.push({ from: rest, copies: [], runs: [], env: {} });
    const stage = stages.at(-1);
    if (!stage) continue;
    if (word === "COPY") stage.copies.push(copyOf(parts));
    if (word === "RUN") stage.runs.push(JSON.parse(rest));
    if (word === "ENV") Object.assign(stage.env, Object.fromEntries(parts.map((part) => part.split("="))));
    if (word === "USER") stage.user = rest;
    if (word === "STOPSIGNAL") stage.stopSignal = rest;
    if (word === "ENTRYPOINT") stage.entry = JSON.parse(rest);
    if (word === "HEALTHCHECK") stage.health = JSON.parse(rest.slice(rest.indexOf("CMD ") + 4));
  }
  return stages;
}

function copyOf(parts) {
  const from = parts.find((part) => part.startsWith("--from="))?.slice(7);
  const paths = parts.filter((part) => !part.startsWith("--"));
  return { from, sources: paths.slice(0, -1), to: paths.at(-1) };
}
