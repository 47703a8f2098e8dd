/* The colours of the sky: those of the page's theme, read anew when it turns, and those of the scene's palette. */

import { isDark } from "../charts/colours";
import { NEUTRAL, type Scene } from "./scene";

export interface Inks {
  dark: boolean;
  sky: string;
  line: string;
  ink: string;
  soft: string;
  accent: string;
  face: string;
}

export function inks(): Inks {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    dark: isDark(),
    sky: read("--sky"),
    line: read("--sky-line"),
    ink: read("--sky-ink"),
    soft: read("--soft"),
    accent: read("--accent"),
    face: read("--sky-face"),
  };
}

/** A colour of the scene; below 0: that of lines that belong to no group. */
export function colourOf(scene: Scene, index: number, of: Inks): string {
  if (index <= NEUTRAL) return of.line;
  return scene.palette[index]?.[of.dark ? 1 : 0] ?? of.line;
}
