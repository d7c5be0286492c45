/** npm brings Node 24 along; whoever starts the bundle by hand with an older one is told how. Imports nothing. */
export function requireNode24(): void {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= 24) return;
  console.error(
    `VssID needs Node 24 or newer and was started with ${process.version}.\n` +
      "Start it with bin/start (or npm start): npm install has put Node 24 beside it.",
  );
  process.exit(1);
}
