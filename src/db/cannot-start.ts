/** A fault of the machine or its settings that the operator can mend: told as a sentence, without a stack. */
export class CannotStart extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
