/* Getting the scene: from the page where it carries one, else from the server, with patience while it is computed. */

import type { Scene } from "./scene";

export interface Waiting {
  waiting: string;
  share: number | null;
  job: string | number | null;
}

/** What cannot be shown, in words for the person. */
export class Refused extends Error {}

const AGAIN = 700;
const KEPT = 12;

export class Loader {
  private readonly kept = new Map<string, Scene>();
  private asked: AbortController | null = null;

  constructor(private readonly address: string) {}

  /** The scene of a query. Asking anew gives up what was asked before. */
  async scene(query: string, waiting: (state: Waiting) => void): Promise<Scene> {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    const kept = this.kept.get(query);
    if (kept) return kept;
    for (;;) {
      const answer = await this.ask(query, asked.signal);
      if (!("waiting" in answer)) {
        this.keep(query, answer);
        return answer;
      }
      waiting(answer);
      await new Promise((done) => setTimeout(done, AGAIN));
      if (asked.signal.aborted) throw new DOMException("given up", "AbortError");
    }
  }

  /** Give up what is being computed; the server is told where it runs as a job. */
  async cancel(job: Waiting["job"]): Promise<void> {
    this.asked?.abort();
    if (job !== null) await fetch(`/api/v1/jobs/${encodeURIComponent(String(job))}/cancel`, { method: "POST" }).catch(() => undefined);
  }

  private async ask(query: string, signal: AbortSignal): Promise<Scene | Waiting> {
    let answer: Response;
    try {
      answer = await fetch(this.address + (query ? `?${query}` : ""), { signal, headers: { Accept: "application/json" } });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new Refused("The workbench does not answer. Is it still running?");
    }
    const said = (await answer.json().catch(() => null)) as (Scene & { error?: string }) | Waiting | null;
    if (answer.ok && said) return said;
    const words = said && "error" in said && typeof said.error === "string" ? said.error : "The constellation could not be made.";
    throw new Refused(words);
  }

  private keep(query: string, scene: Scene): void {
    this.kept.delete(query);
    this.kept.set(query, scene);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
  }
}

/** JSON that the page carries in a script element; null: it carries none. */
export function carried<Content>(id: string): Content | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as Content) : null;
}

export function isGivenUp(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
