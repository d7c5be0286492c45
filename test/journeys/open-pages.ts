export const missingPage = "/khong-co-trang-nay";

/** Pages that open for anyone: read by axe and measured. */
export const openPages = [
  "/",
  "/help",
  "/privacy",
  "/register",
  "/register/resume",
  "/sign-in",
  "/account/recovery",
  "/console/sign-in",
  missingPage,
] as const;
