/* What a key means while one answers questions unit by unit. Pure: no page, so that it can be tested alone. */

export type Meaning =
  | { does: "answer"; key: string }
  | { does: "missing" }
  | { does: "unsure" | "note" | "next" | "back" | "left" | "right" | "skip" | "help" };

export interface Pressed {
  key: string;
  /** With Ctrl, Alt or Meta: never ours. */
  modified?: boolean;
  /** While a letter is composed. */
  composing?: boolean;
  /** What has the focus: text that is written, a choice, another thing that acts by itself, or nothing of that. */
  on?: "text" | "choice" | "control" | "page";
}

const FIXED: Record<string, Meaning> = {
  "0": { does: "missing" },
  x: { does: "missing" },
  u: { does: "unsure" },
  n: { does: "note" },
  s: { does: "skip" },
  "?": { does: "help" },
  Enter: { does: "next" },
  " ": { does: "next" },
  Backspace: { does: "back" },
  ArrowLeft: { does: "left" },
  ArrowRight: { does: "right" },
};
/** Keys with which a focused choice or button does its own work. */
const OWN = { text: null, choice: new Set([" ", "ArrowLeft", "ArrowRight"]), control: new Set([" ", "Enter"]), page: new Set<string>() };

/** Return what a pressed key means, given the keys of the answers to the question that is shown; null: not ours. */
export function meaning(pressed: Pressed, answers: readonly string[]): Meaning | null {
  if (pressed.modified || pressed.composing) return null;
  const own = OWN[pressed.on ?? "page"];
  if (!own || own.has(pressed.key)) return null;
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  const fixed = FIXED[key];
  if (fixed) return fixed;
  return answers.includes(key) ? { does: "answer", key } : null;
}

/** Return the question to go to after one was answered: the next open one, from the beginning again; null: all are. */
export function nextOpen(names: readonly string[], open: ReadonlySet<string>, from: string): string | null {
  const place = names.indexOf(from);
  const order = [...names.slice(place + 1), ...names.slice(0, place + 1)];
  return order.find((name) => open.has(name) && name !== from) ?? null;
}

/** Return the question beside one, or null where there is none. */
export function beside(names: readonly string[], from: string, step: 1 | -1): string | null {
  return names[names.indexOf(from) + step] ?? null;
}

/** Return what has the focus, as far as keys are concerned. */
export function focusOf(target: EventTarget | null): NonNullable<Pressed["on"]> {
  if (!(target instanceof Element)) return "page";
  if (target instanceof HTMLInputElement && ["radio", "checkbox"].includes(target.type)) return "choice";
  if (target.closest("input, textarea, select, [contenteditable='true'], #drawer, dialog")) return "text";
  return target.closest("a[href], button, summary") ? "control" : "page";
}
