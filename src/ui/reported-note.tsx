import { Notice, type NoticeKind } from "./notice.tsx";

interface Reported {
  kind: NoticeKind;
  title: string;
  text: string;
}

/** Beside a fact that was reported as wrong: it is being checked, or what came of it. */
export function ReportedNote({ reported }: { reported: Reported | undefined }) {
  if (!reported) return null;
  return (
    <Notice kind={reported.kind} title={reported.title}>
      <p>{reported.text}</p>
    </Notice>
  );
}
