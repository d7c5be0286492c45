/** Codes of OpenSSL and sentences of PostgreSQL, and what of them somebody can mend (docs/guides/database-certificates.md). */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^ERR_SSL_\S*CERTIFICATE_EXPIRED$/, "it refuses the certificate of sslcert: it is over"],
  [/^ERR_SSL_\S*CERTIFICATE_REVOKED$/, "it refuses the certificate of sslcert: it was revoked"],
  [/^ERR_SSL_\S*UNKNOWN_CA$/, "it refuses the certificate of sslcert: it does not know its authority"],
  [/^connection requires a valid client certificate$/, "it asks for a certificate, and the address names none"],
  [/^certificate authentication failed/, "the name in the certificate of sslcert is not one of this login's there"],
  [/client password must be a string$/, "it asks for a password, and the address has none"],
  [/^CERT_HAS_EXPIRED$/, "its own certificate is over"],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, "its own certificate is for another name than the address has"],
  [
    /^((DEPTH_ZERO_)?SELF_SIGNED_CERT(_IN_CHAIN)?|UNABLE_TO_\w+)$/,
    "its own certificate is of an authority that is not believed here",
  ],
];

/** Why a PostgreSQL did not let us in, or we did not believe it. Holds nothing of a key or password. */
export function whyRefused({ message, code = "" }: Error & { code?: string }): string {
  const reason = REASONS.find(([said]) => said.test(code) || said.test(message))?.[1];
  return reason ?? (code.startsWith("ERR_SSL_") ? `TLS with it failed (${code})` : message);
}
