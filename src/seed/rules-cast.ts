/** One of the made-up people, as the start-up text introduces them. */
export interface CastMember {
  name: string;
  /** What they are there to show. */
  part: string;
  signIn: string;
  password: string;
  /** After the password come the six digits of an authenticator. */
  hasDigits?: boolean;
  /** Behind the counter; the digits stand on /dev/authenticators. */
  isStaff?: boolean;
}
