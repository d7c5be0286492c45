import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
} from "openid-client";
import type { EidSettings, House } from "../db/house.ts";
import { Forbidden, NotFound, TryLater } from "../kernel/failures.ts";
import { ANSWER_SECONDS, PROOF_SECONDS } from "./rules.ts";

/** The identity provider as we speak to it: OpenID Connect, code flow, PKCE S256, one exact address to come back to. */

const FRESH_MS = 10 * 60_000;
const AGAIN_AFTER_SECONDS = 30;
const known = new WeakMap<House, { config: Configuration; readAt: number }>();

export function eidOf(house: House): EidSettings {
  const { eid } = house.settings;
  if (!eid) throw new NotFound("eid");
  return eid;
}

export const redirectUri = ({ settings }: House) => `${settings.baseUrl}/sign-in/eid/return`;

/** The provider's own description, kept for ten minutes; a failure is not kept. */
async function configOf(house: House): Promise<Configuration> {
  const now = house.clock.now().getTime();
  const held = known.get(house);
  if (held && Math.abs(now - held.readAt) < FRESH_MS) return held.config;
  const { issuer, clientId, clientSecret } = eidOf(house);
  const server = new URL(issuer);
  // The signature of every ID token is checked, not only the line on which it comes.
  const execute = [enableNonRepudiationChecks, ...(server.protocol === "http:" ? [allowInsecureRequests] : [])];
  const config = await discovery(server, clientId, clientSecret, undefined, { execute, timeout: ANSWER_SECONDS });
  config.timeout = ANSWER_SECONDS;
  known.set(house, { config, readAt: now });
  return config;
}

export interface Secrets {
  state: string;
  nonce: string;
  verifier: string;
}

/** `isProof`: the provider asks the person anew, whoever signed in there before on this device. */
export async function addressFor(house: House, { state, nonce, verifier }: Secrets, isProof: boolean): Promise<string> {
  const { scope, leastLevel, levels } = eidOf(house);
  const config = await answering(house, () => configOf(house));
  const enough = levels.slice(levels.indexOf(leastLevel));
  return buildAuthorizationUrl(config, {
    redirect_uri: redirectUri(house),
    scope,
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    acr_values: enough.join(" "),
    ...(isProof ? { prompt: "login", max_age: String(PROOF_SECONDS) } : {}),
  }).href;
}

/** The host to which people are sent, as the provider describes itself. Throws TryLater("eid_down"). */
export async function siteOf(house: House): Promise<string> {
  const config = await answering(house, () => configOf(house));
  return new URL(config.serverMetadata().authorization_endpoint ?? eidOf(house).issuer).host;
}

/** Exchanges the code; answers the claims of the ID token and, where the number is not in it, of the user. */
export async function claimsFor(
  house: House,
  currentUrl: URL,
  { state, nonce, verifier }: Secrets,
  isProof: boolean,
): Promise<{ subject: string; claims: Record<string, unknown> }> {
  const { numberClaim, levelClaim } = eidOf(house);
  return answering(house, async () => {
    const config = await configOf(house);
    const tokens = await authorizationCodeGrant(config, currentUrl, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
      ...(isProof ? { maxAge: PROOF_SECONDS } : {}),
    });
    const identity = tokens.claims();
    if (!identity) throw new Forbidden("eid_refused");
    const isWhole = identity[numberClaim] !== undefined && identity[levelClaim] !== undefined;
    const more = isWhole ? {} : await fetchUserInfo(config, tokens.access_token, identity.sub);
    return { subject: identity.sub, claims: { ...more, ...identity } };
  });
}

/** A provider that does not answer is told apart from one that says no. */
async function answering<T>(house: House, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotFound || error instanceof Forbidden) throw error;
    const isSilent = isSilence(error);
    house.log.warn({ reason: codeOf(error) }, isSilent ? "the identity provider is silent" : "an identity was refused");
    throw isSilent ? new TryLater("eid_down", AGAIN_AFTER_SECONDS, 503) : new Forbidden("eid_refused");
  }
}

/** Nothing came, or something that is no answer of a provider. */
function isSilence(error: unknown): boolean {
  if (error instanceof TypeError) return true;
  if (/TIMEOUT|ABORT|NOT_CONFORM/.test(codeOf(error))) return true;
  const status = (error as { status?: number }).status;
  return status !== undefined && status >= 500;
}

function codeOf(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? "unknown";
}
