/**
 * The library of passkeys, which brings some three hundred files with it: a server loads it when it is ready and
 * nobody waits, a command that asks for no passkey never.
 */
export const webauthn = () => import("@simplewebauthn/server");
