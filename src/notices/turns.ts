/** Who may begin now in this process: anything beside anything else, but a suspect only alone. */
export interface Turns {
  /** One is alone, or waits until it is: nothing else begins. */
  isClosed(): boolean;
  /** Counts until the answer is called, once. What was being leased when somebody closed still runs to its end first. */
  begin(): () => void;
  /** Runs `work` once all that has begun has ended. Does nothing while another one is alone: it comes at its next look. */
  alone(work: () => Promise<void>): Promise<void>;
}

export function createTurns(): Turns {
  let underWay = 0;
  let isClosed = false;
  let emptied: (() => void) | undefined;
  return {
    isClosed: () => isClosed,
    begin() {
      underWay += 1;
      return () => {
        underWay -= 1;
        if (underWay === 0) emptied?.();
      };
    },
    async alone(work) {
      if (isClosed) return;
      isClosed = true;
      try {
        if (underWay > 0) {
          await new Promise<void>((resolve) => {
            emptied = resolve;
          });
        }
        await work();
      } finally {
        isClosed = false;
        emptied = undefined;
      }
    },
  };
}
