import page from "./coverage.css?inline";
import paper from "./coverage-print.css?inline";

/** Of every page of coverage, on the screen and on one A4. */
export const styles = [page, paper];
