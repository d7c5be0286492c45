/** The steps of one sending, told to whoever watches: trials stop a sender at each of them. */
export type SendStep =
  /** Before any row is leased. */
  | "claiming"
  /** Leased, and the attempt is a row: one statement. */
  | "claimed"
  /** The gate let it pass; the call goes out now. */
  | "calling"
  /** The provider answered, and nothing of it is written. */
  | "answered"
  /** The mark is on disk. */
  | "answer_stored"
  /** The network reported delivery, and nothing of it is written. */
  | "receipt_arrived"
  /** The report is on disk; the network has not been told. */
  | "receipt_stored";

export type Observe = (step: SendStep) => void;

export const unobserved: Observe = () => undefined;
