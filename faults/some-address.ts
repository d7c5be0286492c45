/** From everywhere: the limits on one address are not what is tried here. */
export const someAddress = (): string =>
  [10, ...Array.from({ length: 3 }, () => 1 + Math.floor(Math.random() * 250))].join(".");
