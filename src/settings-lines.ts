export interface Lines {
  baseUrl: string;
  /** By the name of the setting. */
  databases: Readonly<Record<string, string | undefined>>;
  smppUrl: string | undefined;
  providers: readonly { name: string; url: string }[];
  /** Hosts that the operator reaches inside an encrypted tunnel. */
  tunnels: readonly string[];
  /** Hosts of databases that know a login by nothing but its password. */
  passwordDatabases: readonly string[];
}

const TLS_SMPP = /^(ssmpp|smpps):/;
/** `require` checks nothing of who answers. */
const CHECKED = /^verify-(ca|full)$/;

/**
 * In production nothing of ours travels in the clear: every line that leaves this machine is TLS with the other side's
 * name checked, unless the operator says that a host is reached only inside a tunnel or a network of theirs.
 */
export function faultsOfLines(lines: Lines): string[] {
  const { baseUrl, databases, smppUrl, providers, tunnels, passwordDatabases } = lines;
  const isInside = (host: string) => isThisMachine(host) || tunnels.includes(host);
  const hint = "or its host in VSSID_TUNNELS when it is reached only inside an encrypted tunnel";
  const isPlainWeb = baseUrl.startsWith("http:") && !isThisMachine(new URL(baseUrl).hostname);
  const isPlainSmpp = smppUrl !== undefined && !TLS_SMPP.test(smppUrl) && !isInside(hostOf(smppUrl));
  const plain = providers.filter(
    ({ url }) => !TLS_SMPP.test(url) && !url.startsWith("https:") && !isInside(hostOf(url)),
  );
  return [
    ...(isPlainWeb ? ["BASE_URL: must be https in production, except on this machine"] : []),
    ...Object.entries(databases).flatMap(([name, url]) =>
      isDatabaseOpen(url, isInside) ? [`${name}: needs sslmode=verify-full in production, ${hint}`] : [],
    ),
    ...Object.entries(databases).flatMap(([name, url]) =>
      faultsOfLogin(url, passwordDatabases).map((fault) => `${name}: ${fault}`),
    ),
    ...(isPlainSmpp ? [`SMPP_URL: must be ssmpp: in production, ${hint}`] : []),
    ...plain.map(({ name }) => `VSSID_SMS_PROVIDERS: ${name} must be ssmpp: or https: in production, ${hint}`),
  ];
}

/** A socket folder is this machine, whatever host the address names. */
function isDatabaseOpen(url: string | undefined, isInside: (host: string) => boolean): boolean {
  if (url === undefined) return false;
  const host = databaseHostOf(url);
  if (host.startsWith("/") || isInside(host)) return false;
  return !CHECKED.test(new URL(url).searchParams.get("sslmode") ?? "");
}

/** What stays the same until somebody changes it opens no database of another machine: a certificate does, and ends. */
function faultsOfLogin(url: string | undefined, passwordDatabases: readonly string[]): string[] {
  if (url === undefined || !isRemote(url) || passwordDatabases.includes(databaseHostOf(url))) return [];
  if (!hasCertificate(url))
    return [
      "needs sslcert and sslkey in production, or its host in VSSID_PASSWORD_DATABASES when it knows passwords alone",
    ];
  return hasPassword(url) ? ["holds a password beside its certificate: take it out"] : [];
}

/** The hosts among these databases that may be met with a password: told at each start. */
export function metWithPassword(urls: readonly (string | undefined)[]): string[] {
  const met = urls.filter((url) => url !== undefined).filter((url) => !hasCertificate(url) || hasPassword(url));
  return [...new Set(met.filter(isRemote).map(databaseHostOf))];
}

const hasCertificate = (url: string) => Boolean(new URL(url).searchParams.get("sslcert"));

function hasPassword(url: string): boolean {
  const { password, searchParams } = new URL(url);
  return password !== "" || searchParams.has("password");
}

function isRemote(url: string): boolean {
  const host = databaseHostOf(url);
  return !host.startsWith("/") && !isThisMachine(host);
}

function databaseHostOf(url: string): string {
  const { hostname, searchParams } = new URL(url);
  return decodeURIComponent(searchParams.get("host") ?? hostname);
}

const hostOf = (url: string) => new URL(url).hostname;

export function isThisMachine(host: string): boolean {
  return host === "" || host === "localhost" || host === "[::1]" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
