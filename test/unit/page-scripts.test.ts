import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../src/db/root.ts";

/**
 * ASVS 5.0, 3.2.3: on a document, a window or a form, elements stand in for what has their name. Every script of a page
 * is read for it: the islands with all that they import, and the plain scripts of src/pwa. What it may not do by the
 * rules of this file it does by src/kernel/in-page.ts; test/journeys/clobbered.spec.ts plants the elements.
 */
const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");

function importsOf(path: string): string[] {
  const { importedFiles } = ts.preProcessFile(read(path), true, true);
  return importedFiles
    .map(({ fileName }) => join(dirname(path), fileName))
    .filter((one) => /\.tsx?$/.test(one) && existsSync(join(projectRoot, one)));
}

function withImports(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const one of importsOf(path)) withImports(one, seen);
  return seen;
}

const islands = globSync("src/**/*-island.ts", { cwd: projectRoot });
const plain = globSync("src/pwa/*.js", { cwd: projectRoot }).filter((path) => !path.endsWith("/sw.js"));
const scripts = [...new Set(islands.flatMap((path) => [...withImports(path)])), ...plain].sort();

/** What every browser has of its own, so that no element's name reaches it; what only some have is asked by `typeof`. */
const OWN = new Set(
  `AbortController AbortSignal Array Blob Boolean CompressionStream CryptoKey DOMException DOMParser Date
  Document Element Error EventTarget File FormData HTMLButtonElement HTMLCanvasElement HTMLDetailsElement HTMLElement
  HTMLFormElement HTMLHtmlElement HTMLInputElement HTMLSelectElement HTMLTextAreaElement HTMLTitleElement
  HTMLVideoElement IDBDatabase IDBRequest Image Infinity Intl JSON Map Math NaN Number Object Promise RangeError Reflect
  RegExp Response Set String Symbol TypeError URL URLSearchParams Uint32Array Uint8Array Uint8ClampedArray WeakMap
  BigInt DataView ArrayBuffer TextDecoder TextEncoder WebAssembly addEventListener atob btoa clearInterval clearTimeout
  createImageBitmap crypto document fetch getComputedStyle globalThis history indexedDB isNaN location navigator
  parseInt performance queueMicrotask removeEventListener setInterval setTimeout structuredClone undefined`
    .trim()
    .split(/\s+/),
);

type Fault = `${string}:${number} ${string}`;

function faultsOf(path: string, text = read(path)): Fault[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const declared = declaredIn(file);
  const faults: Fault[] = [];
  const tell = (node: ts.Node, what: string) => {
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    faults.push(`${path}:${line} ${what}: ${node.getText().split("\n")[0]}`);
  };
  const look = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isTypeParameterDeclaration(node))
      return;
    if (ts.isIdentifier(node) && isRead(node) && !declared.has(node.text)) {
      if (node.text === "window" || node.text === "self") {
        if (!isInTest(node)) tell(node.parent, "a window's name");
      } else if (node.text === "document") {
        if (!isHandedOn(node)) tell(node.parent, "a document's name");
      } else if (!OWN.has(node.text) && !isGuarded(file, node.text))
        tell(node.parent, "a name that no browser must have");
    }
    if (ts.isPropertyAccessExpression(node)) {
      const { name, expression } = node;
      if (name.text === "elements" || name.text === "namedItem") tell(node, "a form's name");
      if (isFormNamed(expression) && !isHandedOn(expression)) tell(node, "a form's name");
      if (expression.getText() === "globalThis" && !OWN.has(name.text) && !isKindAsked(node))
        tell(node, "a window's name");
    }
    if (
      ts.isElementAccessExpression(node) &&
      /^(document|window|globalThis|self|form)$/.test(node.expression.getText())
    ) {
      tell(node, "a computed name");
    }
    ts.forEachChild(node, look);
  };
  look(file);
  return faults;
}

/** Every name that the file gives to something itself. */
function declaredIn(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const look = (node: ts.Node): void => {
    const isNamed =
      ts.isBindingElement(node) ||
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isFunctionExpression(node) ||
      ts.isClassDeclaration(node) ||
      ts.isEnumDeclaration(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node) ||
      ts.isNamespaceImport(node);
    const isAmbient = ts.isVariableDeclaration(node) && /^declare\b/.test(node.parent.parent.getText());
    if (isNamed && !isAmbient && node.name && ts.isIdentifier(node.name)) names.add(node.name.text);
    ts.forEachChild(node, look);
  };
  look(file);
  return names;
}

/** Read as a value: no key, no member, no label. */
function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent) || ts.isEnumMember(parent)) return parent.name !== node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node && parent.name !== node;
  if (ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isGetAccessor(parent)) {
    return parent.name !== node;
  }
  return !ts.isExportSpecifier(parent) && !ts.isMetaProperty(parent) && !ts.isImportSpecifier(parent);
}

/** `"WebAssembly" in window` reads nothing. */
const isInTest = ({ parent }: ts.Node) =>
  ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InKeyword;

/** Given to a prototype's own function, or to a function of ours. */
const isHandedOn = (node: ts.Node) =>
  ts.isCallExpression(node.parent) && node.parent.arguments.some((argument) => argument === node);

const isFormNamed = (node: ts.Node) =>
  (ts.isIdentifier(node) && node.text === "form") || (ts.isPropertyAccessExpression(node) && node.name.text === "form");

/** `typeof X === "function"`: an element is an object. */
const isGuarded = ({ text }: ts.SourceFile, name: string) =>
  text.includes(`typeof ${name} === "function"`) || text.includes(`isKind(globalThis.${name})`);

/** `isKind(globalThis.X)`: the same. */
const isKindAsked = ({ parent }: ts.Node) => ts.isCallExpression(parent) && parent.expression.getText() === "isKind";

/** Younger than the browsers that scripts/build.mjs builds for (Chrome 87, Safari 14): a build adds no functions. */
const YOUNG = new Set(
  `any at canParse findLast findLastIndex fromAsync groupBy hasOwn isWellFormed randomUUID requestIdleCallback
  requestSubmit requestVideoFrameCallback showModal showPicker showPopover structuredClone timeout toReversed toSorted
  toSpliced toWellFormed withResolvers CompressionStream DecompressionStream WeakRef`.split(/\s+/),
);

/** Young functions that a script calls without asking for them: by `x.name?.()`, `if (x.name)` or by a name of its own. */
function tooYoungIn(path: string, text = read(path)): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const declared = declaredIn(file);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    const name = ts.isPropertyAccessExpression(node) && isCalled(node) ? node.name : node;
    const isOwn = name === node && ts.isIdentifier(node) && (!isRead(node) || declared.has(node.text));
    if (ts.isIdentifier(name) && YOUNG.has(name.text) && !isOwn && !isAsked(text, node.getText())) {
      found.push(`${path} ${name.text}`);
    }
    ts.forEachChild(node, (one) => (one === name ? undefined : look(one)));
  };
  look(file);
  return found;
}

const isAsked = (text: string, what: string) =>
  text.includes(`if (${what})`) || text.includes(`if (${what.replace(".", "?.")})`);

/** `x.name()` and `x.name.call()`, and not `x.name?.()`. */
const isCalled = (node: ts.PropertyAccessExpression): boolean =>
  (ts.isCallExpression(node.parent) && node.parent.expression === node && !node.parent.questionDotToken) ||
  (ts.isPropertyAccessExpression(node.parent) && node.parent.name.text === "call");

describe("scripts of pages", () => {
  it("call no function that the oldest browsers lack, unless they ask for it first", () => {
    expect([...scripts, "src/pwa/sw.js"].flatMap((path) => tooYoungIn(path))).toEqual([]);
  });

  it.each([
    ["list.at(-1)", "at"],
    ["Object.hasOwn(globalThis, 'caches')", "hasOwn"],
    ["structuredClone({})", "structuredClone"],
    ["HTMLFormElement.prototype.requestSubmit.call(form)", "requestSubmit"],
    ["AbortSignal.timeout(4000)", "timeout"],
  ])("are found out where they do so: %s", (text, name) => {
    expect(tooYoungIn("made-up.ts", text)).toEqual([`made-up.ts ${name}`]);
  });

  it.each([
    "AbortSignal.timeout?.(4000)",
    "const at = list.findIndex(isMine); if (at < 0) look({ at })",
    "if (help.showModal) help.showModal()",
    "const { requestSubmit } = HTMLFormElement.prototype; if (requestSubmit) requestSubmit.call(form)",
  ])("may ask for one: %s", (text) => {
    expect(tooYoungIn("made-up.ts", text)).toEqual([]);
  });

  it("read nothing that an element of the page could stand in for by its name", () => {
    expect(scripts.length).toBeGreaterThan(30);
    expect(scripts.flatMap((path) => faultsOf(path))).toEqual([]);
  });

  it.each([
    ["document.querySelector('p')", "a document's name"],
    ["const { body } = document", "a document's name"],
    ["document['title']", "a computed name"],
    ["window.settings.url", "a window's name"],
    ["settings.url", "a name that no browser must have"],
    ["new BarcodeDetector()", "a name that no browser must have"],
    ["globalThis.PublicKeyCredential.x", "a window's name"],
    ["const form = one(); form.submit()", "a form's name"],
    ["const box = one(); box.form.requestSubmit()", "a form's name"],
    ["const list = one(); list.elements.code.value", "a form's name"],
  ])("are found out where they do: %s", (text, what) => {
    const own = `const one = () => undefined; ${text}`;
    expect(faultsOf("made-up.ts", own).map((fault) => fault.split(" ").slice(1).join(" "))[0]).toContain(what);
  });

  it("may ask the prototypes, and whether a kind is there", () => {
    const own = `const { submit } = HTMLFormElement.prototype;
      const form = Document.prototype.querySelector.call(document, "form");
      if ("WebAssembly" in window && typeof BarcodeDetector === "function") new BarcodeDetector();
      submit.call(form);`;
    expect(faultsOf("made-up.ts", own)).toEqual([]);
  });

  it("are modules each, so that nothing of theirs is a name of the window", () => {
    const pages = globSync("src/**/*.tsx", { cwd: projectRoot }).filter((path) => !path.includes(".test."));
    const tags = pages.flatMap((path) => [...read(path).matchAll(/<script\b[^>]*>/g)].map(([tag]) => `${path} ${tag}`));
    expect(tags.length).toBeGreaterThan(8);
    expect(tags.filter((tag) => !/type="(module|application\/ld\+json)"/.test(tag))).toEqual([]);
  });
});
