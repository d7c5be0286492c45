// Shows notices and opens the page they speak of. It keeps nothing, answers no request and reloads no page: a new
// version of it can change nothing that somebody is typing.
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
