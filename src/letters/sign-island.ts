import { one } from "../kernel/in-page.ts";

/** The frame for a signature: strokes go into a hidden field as whole numbers of a field of 600 × 200. */
const canvas = one(HTMLCanvasElement, "#drawing");
const part = one(HTMLElement, "#draw");
if (canvas && part) start(canvas, part);

function start(canvas: HTMLCanvasElement, part: HTMLElement): void {
  const field = one(HTMLInputElement, "[name=drawing]", part);
  const pen = canvas.getContext("2d");
  if (!field || !pen) return;
  const strokes = field.value ? field.value.split(";").map((stroke) => stroke.split(" ")) : [];
  part.hidden = false;

  const draw = (): void => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = 3;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    for (const stroke of strokes) {
      pen.beginPath();
      for (const point of stroke) {
        const [x = 0, y = 0] = point.split(",").map(Number);
        pen.lineTo(x, y);
      }
      pen.stroke();
    }
    field.value = strokes.map((stroke) => stroke.join(" ")).join(";");
  };
  const add = (event: PointerEvent): void => {
    const box = canvas.getBoundingClientRect();
    const on = (at: number, from: number, long: number, most: number) =>
      Math.round(Math.min(1, Math.max(0, (at - from) / long)) * most);
    const point = `${on(event.clientX, box.left, box.width, canvas.width)},${on(event.clientY, box.top, box.height, canvas.height)}`;
    const stroke = strokes[strokes.length - 1];
    if (stroke && stroke[stroke.length - 1] !== point) stroke.push(point);
    draw();
  };
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    strokes.push([]);
    add(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) add(event);
  });
  one(HTMLElement, "[data-clear]", part)?.addEventListener("click", () => {
    strokes.length = 0;
    draw();
  });
  draw();
}
