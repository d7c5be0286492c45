import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Lang } from "../kernel/words.ts";
import { words } from "./words.ts";

/** The language of the page, set once by the frame so that no field has to be told. */
export const Speech = createContext<Lang>("vi");

export const useLang = (): Lang => useContext(Speech);
export const useWords = () => words(useLang());
