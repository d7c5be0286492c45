import { created } from "../kernel/in-page.ts";

/** Pages of the telephone are made of elements and texts; nothing that was read is ever taken for markup. */
type Child = Node | string | undefined;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = created(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

export function button(text: string, press: () => void, look = "button"): HTMLButtonElement {
  const made = make("button", { type: "button", class: look }, text);
  made.addEventListener("click", press);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";
const drawn = (tag: "svg" | "rect" | "path"): SVGElement =>
  Document.prototype.createElementNS.call(document, SVG, tag) as SVGElement;

export function picture(size: number, path: string, says: string): SVGElement {
  const svg = drawn("svg");
  const given = { class: "qr", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": says };
  for (const [name, value] of Object.entries({ ...given, "shape-rendering": "crispEdges" })) {
    svg.setAttribute(name, value);
  }
  for (const [tag, its] of [
    ["rect", { width: String(size), height: String(size), fill: "#fff" }],
    ["path", { d: path, stroke: "#000" }],
  ] as const) {
    const part = drawn(tag);
    for (const [name, value] of Object.entries(its)) part.setAttribute(name, value);
    svg.append(part);
  }
  return svg;
}
