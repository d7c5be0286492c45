import { encode } from "uqr";

/** Light modules around the code (quiet zone) that readers need. */
const QUIET_MODULES = 4;

/** A QR code as one SVG path on white. `says` is read out in its place. */
export function QrCode({ text, says }: { text: string; says: string }) {
  const { data, size } = encode(text, { ecc: "M", border: QUIET_MODULES });
  const path = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join("");
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={says} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
