import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Tinos for what is read like a letter; it steps in where the other lacks a letter. */
export const tinosFiles = {
  regular: require.resolve("@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"),
  italic: require.resolve("@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf"),
  bold: require.resolve("@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf"),
};

/** Be Vietnam Pro for what hangs on a wall: both draw Vietnamese marks well. */
export const beVietnamProFiles = {
  regular: require.resolve("@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf"),
  bold: require.resolve("@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf"),
};
