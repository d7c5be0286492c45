import { qrPath } from "../kernel/qr.ts";

interface QrCodeProps {
  text: string;
  /** Is read out in its place. */
  says: string;
  /** L holds more in less room, for long texts on a clean screen. */
  ecc?: "L" | "M";
}

/** A QR code as one SVG path on white. */
export function QrCode({ text, says, ecc = "M" }: QrCodeProps) {
  const { size, path } = qrPath(text, ecc);
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={says} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} stroke="#000" />
    </svg>
  );
}
