/** A company of the stories, which clusters-setup.ts puts into their template: its list of people is nobody else's. */
export const company = { code: "HANHTRINH-71", name: "Công ty Mẫu Hành Trình" };
