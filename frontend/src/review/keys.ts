/* What a key means while one screens work by work. Pure: no page, so that it can be tested alone. */

import { focusOf, type Pressed } from "../coding/keys";

export { focusOf };

export type Meaning =
  | { does: "say"; say: string }
  | { does: "exclude" | "note" | "next" | "before" | "undo" | "help" | "nothing" };

export interface Asked {
  /** Key of a reason -> what it says (`exclude:topic`). */
  reasons: Readonly<Record<string, string>>;
  /** Whether one may exclude without a reason. */
  plain: boolean;
  /** Whether `e` was pressed, and a reason is awaited. */
  waiting: boolean;
}

const FIXED: Record<string, Meaning> = {
  i: { does: "say", say: "include" },
  m: { does: "say", say: "maybe" },
  n: { does: "note" },
  s: { does: "next" },
  u: { does: "undo" },
  "?": { does: "help" },
  ArrowRight: { does: "next" },
  ArrowLeft: { does: "before" },
  Backspace: { does: "before" },
};
/** Keys with which a focused button or link does its own work. */
const OWN = new Set([" ", "Enter"]);

/** Return what a pressed key means; null: not ours. */
export function meaning(pressed: Pressed, asked: Asked): Meaning | null {
  if (pressed.modified || pressed.composing || pressed.on === "text") return null;
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  if (asked.waiting && key === "Escape") return { does: "nothing" };
  if (asked.waiting && key === "Enter" && asked.plain) return { does: "say", say: "exclude" };
  if (pressed.on === "control" && OWN.has(key)) return null;
  const reason = asked.reasons[key];
  if (reason) return { does: "say", say: reason };
  if (key === "e") return Object.keys(asked.reasons).length ? { does: "exclude" } : { does: "say", say: "exclude" };
  return FIXED[key] ?? null;
}
