/* Keeping: a unit's answers go to the server, one after another, and are acknowledged only when they are committed.
   Until then they lie in this browser, so that neither a server that is gone nor a closed window loses them. */

import { type Answers } from "./answers";

export interface Kept {
  decision: number | null;
  at: string;
  left: string[];
  next: string | null;
  done: number;
  total: number;
}

/** Why something was not kept, in words; `gone`: nobody answered, so that it is worth trying again. */
export class NotKept extends Error {
  constructor(message: string, readonly gone: boolean) {
    super(message);
  }
}

/** Send what is said of a unit; resolves when it is committed. */
export async function keep(api: string, answers: Answers, leaving = false): Promise<Kept> {
  const values = Object.fromEntries(Object.entries(answers.values).map(([name, given]) => [name, given.length ? given : null]));
  const single = Object.fromEntries(Object.entries(values).map(([name, given]) => [name, given && given.length === 1 ? (given[0] ?? null) : given]));
  let answer: Response;
  try {
    answer = await fetch(api, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ values: single, unsure: answers.unsure, note: answers.note }),
      keepalive: leaving,
    });
  } catch {
    throw new NotKept("The workbench does not answer. What you entered is kept in this browser until it does.", true);
  }
  if (answer.ok) return (await answer.json()) as Kept;
  let said = "";
  try {
    said = ((await answer.json()) as { error?: string }).error ?? "";
  } catch {
    // not JSON: the status says it
  }
  if (answer.status === 401 || answer.status === 403) said = "The workbench was started anew and does not know this browser. Open it by the link in the terminal; what you entered is kept here.";
  throw new NotKept(said || `This could not be kept (${answer.status}). What you entered stays in this browser.`, answer.status >= 500);
}

/** What was entered and not yet acknowledged, by unit. */
export class Drafts {
  constructor(private readonly of: string) {}

  get(unit: string): Answers | null {
    try {
      const text = localStorage.getItem(this.key(unit));
      return text ? (JSON.parse(text) as Answers) : null;
    } catch {
      return null;
    }
  }

  set(unit: string, answers: Answers): void {
    try {
      localStorage.setItem(this.key(unit), JSON.stringify(answers));
    } catch {
      // a browser that keeps nothing: leaving still warns
    }
  }

  drop(unit: string): void {
    try {
      localStorage.removeItem(this.key(unit));
    } catch {
      // nothing was kept
    }
  }

  private key(unit: string): string {
    return `coding\t${this.of}\t${unit}`;
  }
}
