/** What a phone needs to put VssID on its home screen; it opens on the card. */
export const manifest = {
  id: "/app",
  name: "VssID – Tài khoản số bảo hiểm xã hội",
  short_name: "VssID",
  description: "Thẻ bảo hiểm y tế, quá trình đóng, quyền lợi và lần khám bệnh.",
  lang: "vi",
  dir: "ltr",
  // Says that it was opened from the home screen: see account/note-installed.ts.
  start_url: "/app?from=icon",
  scope: "/",
  display: "standalone",
  background_color: "#faf6ee",
  theme_color: "#0b4a4e",
  categories: ["government", "health"],
  icons: [
    { src: "/favicon.svg", type: "image/svg+xml", sizes: "any" },
    { src: "/icon-192.png", type: "image/png", sizes: "192x192", purpose: "any" },
    { src: "/icon-512.png", type: "image/png", sizes: "512x512", purpose: "any" },
    { src: "/icon-512.png", type: "image/png", sizes: "512x512", purpose: "maskable" },
  ],
};
