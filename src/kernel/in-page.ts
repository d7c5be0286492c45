/**
 * The page as its scripts see it. On a document or a form, elements stand in for what has their name: after
 * `<img name="querySelector">` the document has no such function any more. So scripts ask the prototypes, which no name
 * reaches, and take an element only as what they need it to be (ASVS 5.0, 3.2.3). A test reads every script for it.
 */
type Kind<E extends Element> = abstract new () => E;

/** All elements of a kind; those of another kind that a selector finds are none. */
export function every<E extends Element>(kind: Kind<E>, selector: string, within?: Element): E[] {
  const found = within
    ? Element.prototype.querySelectorAll.call(within, selector)
    : Document.prototype.querySelectorAll.call(document, selector);
  return [...found].filter((each): each is E => each instanceof kind);
}

export const one = <E extends Element>(kind: Kind<E>, selector: string, within?: Element): E | undefined =>
  every(kind, selector, within)[0];

/** Of a part that this page was rendered with. Throws where it is not there. */
export function part<E extends Element>(kind: Kind<E>, selector: string, within?: Element): E {
  const found = one(kind, selector, within);
  if (!found) throw new Error(`no ${selector} on this page`);
  return found;
}

export function listen(target: EventTarget, type: string, heard: (event: Event) => void): void {
  EventTarget.prototype.addEventListener.call(target, type, heard);
}

/** What a form or another element says in `data-KEY`; empty where it says nothing. */
export function told(element: HTMLElement, key: string): string {
  const said: DOMStringMap = Reflect.get(HTMLElement.prototype, "dataset", element);
  return said[key] ?? "";
}

export const show = (element: Element, isShown = true): void => {
  Element.prototype.toggleAttribute.call(element, "hidden", !isShown);
};

export const langOfPage = (): "vi" | "en" => (part(HTMLHtmlElement, "html").lang === "en" ? "en" : "vi");

export const created = <K extends keyof HTMLElementTagNameMap>(tag: K): HTMLElementTagNameMap[K] =>
  Document.prototype.createElement.call(document, tag) as HTMLElementTagNameMap[K];

/** What this browser has of its own under a name; else an element of the page may stand there. */
export const ofBrowser = <K extends keyof typeof globalThis>(name: K): (typeof globalThis)[K] | undefined =>
  Reflect.getOwnPropertyDescriptor(globalThis, name) ? Reflect.get(globalThis, name) : undefined;
