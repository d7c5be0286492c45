/** As a shell counts whoever ends because nobody reads any more (SIGPIPE). */
const NOBODY_READS = 141;

type Output = Pick<NodeJS.WriteStream, "on">;

/** What a command prints leads nowhere: its reader has seen enough (`| head`), or there is no room. It ends, without a trace. */
export function endWithReader(
  { stdout, stderr }: { stdout: Output; stderr: Output },
  end: (code: number) => void,
): void {
  stderr.on("error", () => undefined);
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return end(NOBODY_READS);
    console.error(`vssid: what is printed finds no room: ${error.message}`);
    end(1);
  });
}
