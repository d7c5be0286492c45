/** A signature as strokes of a hand over a field of 600 × 200: read anew from what a browser sent. Pure. */
export const DRAWING = { width: 600, height: 200 } as const;
const STROKES_MOST = 80;
const POINTS_MOST = 3000;
/** Less than this is a slip of the finger. */
const POINTS_LEAST = 8;
const SIGNS_MOST = 24_000;

export type Point = readonly [x: number, y: number];
export type Drawing = readonly (readonly Point[])[];
export type DrawingFault = "drawing_missing" | "drawing_short" | "drawing_large";

/** "10,20 11,22;40,50 41,52": strokes apart by semicolons, points by spaces. Nothing but whole numbers in the field is kept. */
export function parseDrawing(text: string): Drawing | DrawingFault {
  if (text.trim() === "") return "drawing_missing";
  if (text.length > SIGNS_MOST) return "drawing_large";
  const strokes = text.split(";").map((stroke) => stroke.trim().split(/\s+/).map(pointOf));
  const points = strokes.flat();
  if (points.length > POINTS_MOST || strokes.length > STROKES_MOST) return "drawing_large";
  if (points.includes(undefined)) return "drawing_missing";
  return points.length < POINTS_LEAST ? "drawing_short" : (strokes as Point[][]);
}

function pointOf(text: string): Point | undefined {
  const [, x, y] = /^(\d{1,3}),(\d{1,3})$/.exec(text) ?? [];
  if (x === undefined || y === undefined) return undefined;
  return Number(x) <= DRAWING.width && Number(y) <= DRAWING.height ? [Number(x), Number(y)] : undefined;
}

/** The one text of a drawing: what is kept and what the hash is made over. */
export function drawingText(drawing: Drawing): string {
  return drawing.map((stroke) => stroke.map((point) => point.join(",")).join(" ")).join(";");
}

/** The strokes as the `d` of one SVG path. A single point is a dot. */
export function pathOf(drawing: Drawing): string {
  return drawing
    .map(([first, ...rest]) => {
      if (!first) return "";
      const [x, y] = first;
      return `M${x} ${y}${rest.length ? rest.map(([toX, toY]) => `L${toX} ${toY}`).join("") : `L${x} ${y}`}`;
    })
    .join("");
}

export function drawingSvg(drawing: Drawing): string {
  const { width, height } = DRAWING;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><path d="${pathOf(drawing)}" fill="none" stroke="#000" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
}
