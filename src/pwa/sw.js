// Shows notices and opens the page they speak of; keeps the few files that open the card without a network, the same
// for everybody. It keeps no page of a person, reloads none and takes over none that is open: a new version of it waits
// until the old one's windows are closed, and can change nothing that somebody is typing.
const { version, files } = self.SHELL;
const NAME = "vssid-shell-";
const OFFLINE = "/app/offline";
const VERIFY = "/verify";

// Without credentials: what is kept is what a stranger sees.
self.addEventListener("install", (event) => {
  const fetched = files.map((file) => new Request(file, { cache: "reload", credentials: "omit" }));
  event.waitUntil(caches.open(NAME + version).then((shell) => shell.addAll(fetched)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([dropOld(), self.registration.navigationPreload?.enable()]));
});

async function dropOld() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(NAME) && name !== NAME + version);
  await Promise.all(old.map((name) => caches.delete(name)));
}

// Forms that are sent are left to the browser, which keeps what was typed and offers to send it again.
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(navigate(event));
  else if (files.includes(pathname)) event.respondWith(fromShell(request));
});

async function navigate(event) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    event.waitUntil(contact());
    return answer;
  } catch {
    const { pathname, searchParams } = new URL(event.request.url);
    const shell = await caches.open(NAME + version);
    const lang = searchParams.get("lang") === "en" ? "en" : "vi";
    const kept = await shell.match(pathname === VERIFY ? `${VERIFY}?lang=${lang}` : OFFLINE);
    return kept ?? Response.error();
  }
}

// Built files have names of their own and never change; of the others the newest is asked for first.
async function fromShell(request) {
  const shell = await caches.open(NAME + version);
  const { pathname } = new URL(request.url);
  if (pathname.startsWith("/assets/")) return (await shell.match(pathname)) ?? fetch(request);
  try {
    return await fetch(request);
  } catch {
    return (await shell.match(pathname)) ?? Response.error();
  }
}

// A telephone that was given up elsewhere, or signed out, wipes the card that lies in it; see src/kept-card/locker.ts.
const CONTACT_MS = 60_000;
let heardAt = 0;
async function contact() {
  if (Date.now() - heardAt < CONTACT_MS) return;
  const kept = await inLocker("readonly", (store) => store.get("one"));
  if (!kept) return;
  heardAt = Date.now();
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ handle: kept.handle });
  const answer = await fetch("/api/v1/kept-cards/contact", { method: "POST", headers, body }).catch(() => undefined);
  if (!answer?.ok) return;
  const { mayKeep, handle } = await answer.json();
  if (!mayKeep) await inLocker("readwrite", (store) => store.clear());
  else if (handle) await inLocker("readwrite", (store) => rename(store, kept.handle, handle));
}

// The handle that was shown will not be known for ever; a window may have written another meanwhile.
function rename(store, before, handle) {
  const asked = store.get("one");
  asked.addEventListener("success", () => {
    if (asked.result?.handle === before) store.put({ ...asked.result, handle }, "one");
  });
  return asked;
}

function inLocker(mode, act) {
  return new Promise((done) => {
    const asked = self.indexedDB.open("vssid-card", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("card");
    asked.onerror = () => done(undefined);
    asked.onsuccess = () => {
      const request = act(asked.result.transaction("card", mode).objectStore("card"));
      request.onsuccess = () => done(request.result);
      request.onerror = () => done(undefined);
      request.transaction.oncomplete = () => asked.result.close();
    };
  });
}

self.addEventListener("push", (event) => event.waitUntil(show(told(event.data))));

function told(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

// The same message twice stays silent; another one in its place is heard.
async function show({ id, tag, title = "VssID", body = "", lang = "vi", url = "/app" }) {
  const shown = tag ? await self.registration.getNotifications({ tag }) : [];
  const isRepeat = shown.some(({ data }) => data.id === id);
  const renotify = shown.length > 0 && !isRepeat;
  const look = { icon: "/icon-192.png", badge: "/badge-96.png" };
  await self.registration.showNotification(title, { body, lang, tag, renotify, data: { id, url }, ...look });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url));
});

// A window that is there already is brought to the front, never led elsewhere: something may be half typed in it.
async function open(path) {
  const { origin } = self.location;
  const asked = new URL(path ?? "/app", origin);
  const address = asked.origin === origin ? asked : new URL("/app", origin);
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find(({ url }) => new URL(url).pathname === address.pathname);
  return there ? there.focus() : self.clients.openWindow(address.href);
}
