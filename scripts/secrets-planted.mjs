// One secret of each shape, put together here, so that none stands in this file.
const letters = (length, from = "aB3dE5gH7jK9mN2pQ4rS6tU8vW") =>
  Array.from({ length }, (_, at) => from[(at * 7 + 3) % from.length]).join("");
const upper = (length) => letters(length, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

/** In the order of `shapes` (secrets.mjs). */
export const planted = [
  `-----BEGIN ${"PRIVATE"} KEY-----\n${letters(64)}\n`,
  `-----BEGIN OPENSSH ${"PRIVATE"} KEY-----`,
  `-----BEGIN PGP ${"PRIVATE"} KEY BLOCK-----`,
  `id = AKI${"A"}${upper(16)}`,
  `aws_secret_access_key = ${letters(40)}`,
  `gh${"p"}_${letters(36)}`,
  `github_${"pat"}_${letters(60)}`,
  `glp${"at"}-${letters(20)}`,
  `np${"m"}_${letters(36)}`,
  `//host/:_auth${"Token"}=${letters(36)}`,
  `xo${"xb"}-${letters(24)}`,
  `sk_${"live"}_${letters(24)}`,
  `AI${"za"}${letters(35)}`,
  `GOC${"SPX"}-${letters(28)}`,
  `S${"G"}.${letters(22)}.${letters(43)}`,
  `123456789:A${"A"}${letters(33)}`,
  `ey${"J"}${letters(20)}.ey${"J"}${letters(30)}.${letters(43)}`,
  `DATABASE_URL=postgres://vssid:${letters(14)}@db/vssid`,
  `VSSID_${"SECRET"}=${letters(43)}=`,
  `"client_${"secret"}": "${letters(24)}"`,
];
