import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "./root.ts";
import { whyRefused } from "./why-refused.ts";

const guide = readFileSync(join(projectRoot, "docs/guides/database-certificates.md"), "utf8");
const why = (code: string, message = "40BD84F7:error:0A000418:SSL routines") =>
  whyRefused(Object.assign(new Error(message), { code }));

/** What no server of the tests says. The others are asked of one: test/store/database-certificate.store.test.ts. */
it.each([
  ["ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_REVOKED", "it refuses the certificate of sslcert: it was revoked"],
  ["ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED", "it refuses the certificate of sslcert: it is over"],
  ["CERT_HAS_EXPIRED", "its own certificate is over"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "its own certificate is of an authority that is not believed here"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "its own certificate is of an authority that is not believed here"],
])("%s is told in words of the guide", (code, says) => {
  expect(why(code)).toBe(says);
  expect(guide).toContain(`| ${says} |`);
});

it("another fault of TLS is told by its name, and what has nothing to do with it as it came", () => {
  expect(why("ERR_SSL_WRONG_VERSION_NUMBER")).toBe("TLS with it failed (ERR_SSL_WRONG_VERSION_NUMBER)");
  expect(why("28P01", 'password authentication failed for user "a"')).toBe(
    'password authentication failed for user "a"',
  );
  expect(whyRefused(new Error("its encoding is LATIN1"))).toBe("its encoding is LATIN1");
});
