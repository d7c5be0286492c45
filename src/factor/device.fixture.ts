import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

/** A device that keeps passkeys, as WebAuthn describes it: for tests of what the server takes and refuses. */

const FLAGS = { present: 0x01, verified: 0x04, made: 0x40 } as const;

export interface DeviceOptions {
  rpId: string;
  origin: string;
  /** Whether it counts its uses. */
  isCounting?: boolean;
  /** Somebody else's passkey, whose name this device takes. */
  id?: Buffer;
}

interface Asked {
  challenge: string;
}

export class Device {
  readonly id: Buffer;
  counter = 0;
  /** Screen lock, fingerprint or face was shown. */
  isVerified = true;
  origin: string;
  readonly #rpId: string;
  readonly #isCounting: boolean;
  readonly #key: KeyObject;
  readonly #jwk: { x?: string; y?: string };

  constructor({ rpId, origin, isCounting = true, id = randomBytes(32) }: DeviceOptions) {
    this.id = id;
    this.#rpId = rpId;
    this.origin = origin;
    this.#isCounting = isCounting;
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#key = pair.privateKey;
    this.#jwk = pair.publicKey.export({ format: "jwk" }) as { x?: string; y?: string };
  }

  /** As it stands in the database. */
  get publicKey(): Buffer {
    const coordinate = (text = "") => new Uint8Array(Buffer.from(text, "base64url"));
    const key = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, coordinate(this.#jwk.x)],
        [-3, coordinate(this.#jwk.y)],
      ]) as never,
    );
    return Buffer.from(key);
  }

  /** The answer to a registration. */
  make({ challenge }: Asked): string {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const made = Buffer.concat([Buffer.alloc(16), length, this.id, this.publicKey]);
    const authData = Buffer.concat([this.#head(FLAGS.made), made]);
    const attestation = isoCBOR.encode(
      new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", new Uint8Array(authData)],
      ]) as never,
    );
    return this.#answer({
      clientDataJSON: this.#clientData("webauthn.create", challenge),
      attestationObject: Buffer.from(attestation).toString("base64url"),
      transports: ["internal"],
    });
  }

  /** The answer to a sign-in. */
  sign({ challenge }: Asked, userHandle?: string): string {
    if (this.#isCounting) this.counter += 1;
    const authData = this.#head(0);
    const clientDataJSON = this.#clientData("webauthn.get", challenge);
    const clientHash = createHash("sha256").update(Buffer.from(clientDataJSON, "base64url")).digest();
    const signature = sign("sha256", Buffer.concat([authData, clientHash]), this.#key);
    return this.#answer({
      clientDataJSON,
      authenticatorData: authData.toString("base64url"),
      signature: signature.toString("base64url"),
      ...(userHandle ? { userHandle } : {}),
    });
  }

  #head(more: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const flags = FLAGS.present | (this.isVerified ? FLAGS.verified : 0) | more;
    return Buffer.concat([createHash("sha256").update(this.#rpId).digest(), Buffer.from([flags]), counter]);
  }

  #clientData(type: string, challenge: string): string {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false })).toString(
      "base64url",
    );
  }

  #answer(response: object): string {
    const id = this.id.toString("base64url");
    return JSON.stringify({ id, rawId: id, type: "public-key", clientExtensionResults: {}, response });
  }
}
