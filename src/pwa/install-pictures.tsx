import type { ComponentChildren } from "preact";

/** Drawings of our own of a telephone and where to press on it; they belong to no maker. */
export type Scene = "dots" | "menu" | "share" | "sheet" | "home";

/** `label`: the words of the line to be chosen. The step beside it says everything: the picture is not read out. */
export function StepPicture({ scene, label }: { scene: Scene; label: string }) {
  return (
    <svg class="phone" viewBox="0 0 120 200" aria-hidden="true" focusable="false">
      <rect class="phone-body" x="2" y="2" width="116" height="196" rx="16" />
      <rect class="phone-screen" x="8" y="12" width="104" height="176" rx="8" />
      {scenes[scene](label)}
    </svg>
  );
}

const scenes: Record<Scene, (label: string) => ComponentChildren> = {
  dots: () => (
    <>
      <Bar y={16} />
      <Lines from={42} />
      <circle class="phone-ring" cx="102" cy="25" r="10" />
      {[20, 25, 30].map((y) => (
        <circle key={y} class="phone-ink" cx="102" cy={y} r="1.8" />
      ))}
    </>
  ),
  menu: (label) => (
    <>
      <Bar y={16} />
      <rect class="phone-sheet" x="22" y="20" width="88" height="132" rx="6" />
      {[32, 50, 110, 128].map((y) => (
        <rect key={y} class="phone-line" x="32" y={y} width="56" height="6" rx="3" />
      ))}
      <Chosen y={66} label={label} />
    </>
  ),
  share: () => (
    <>
      <Lines from={24} />
      <rect class="phone-bar" x="8" y="160" width="104" height="28" rx="8" />
      <circle class="phone-ring" cx="60" cy="172" r="13" />
      <path class="phone-stroke" d="M55 171h-2v10h14v-10h-2M60 176v-13m-4 4 4-4 4 4" />
      {[22, 98].map((x) => (
        <circle key={x} class="phone-line" cx={x} cy="174" r="4" />
      ))}
    </>
  ),
  sheet: (label) => (
    <>
      <Lines from={24} />
      <rect class="phone-sheet" x="8" y="60" width="104" height="128" rx="10" />
      {[74, 92, 150, 168].map((y) => (
        <rect key={y} class="phone-line" x="18" y={y} width="64" height="6" rx="3" />
      ))}
      <Chosen y={106} label={label} />
    </>
  ),
  home: () => (
    <>
      {[30, 62, 94].flatMap((y) =>
        [18, 46, 74].map((x) =>
          y === 62 && x === 46 ? null : (
            <rect key={`${x}-${y}`} class="phone-line" x={x} y={y} width="22" height="22" rx="6" />
          ),
        ),
      )}
      <rect class="phone-ring" x="41" y="57" width="32" height="44" rx="8" />
      <rect class="phone-icon" x="46" y="62" width="22" height="22" rx="6" />
      <path class="phone-hat" d="M57 66c2.5 0 4 4.5 8 6.5-5 1-11 1-16 0 4-2 5.5-6.5 8-6.5z" />
      <path class="phone-face" d="M53 75h8c0 3-2 4-4 4s-4-1-4-4z" />
      <text class="phone-text" x="57" y="95" text-anchor="middle">
        VssID
      </text>
    </>
  ),
};

function Bar({ y }: { y: number }) {
  return (
    <>
      <rect class="phone-bar" x="8" y={y - 4} width="104" height="26" />
      <rect class="phone-sheet" x="16" y={y + 2} width="70" height="14" rx="7" />
    </>
  );
}

function Lines({ from }: { from: number }) {
  return (
    <>
      <rect class="phone-card" x="18" y={from + 6} width="84" height="48" rx="6" />
      {[64, 78, 92].map((y) => (
        <rect key={y} class="phone-line" x="18" y={from + y} width={y === 92 ? 50 : 84} height="6" rx="3" />
      ))}
    </>
  );
}

/** Two short lines of text in a frame: where to press. */
function Chosen({ y, label }: { y: number; label: string }) {
  const words = label.split(" ");
  const half = Math.ceil(words.length / 2);
  return (
    <>
      <rect class="phone-ring" x="12" y={y} width="96" height="32" rx="6" />
      {[words.slice(0, half), words.slice(half)].map((line, at) => (
        <text key={line.join(" ")} class="phone-text" x="60" y={y + 13 + at * 13} text-anchor="middle">
          {line.join(" ")}
        </text>
      ))}
    </>
  );
}
