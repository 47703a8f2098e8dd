/* Where scenes come from: the server, which may first have to place the firms; or the page itself. */

import { ready, type Scene, type Sky } from "./scene";

const AGAIN = 500;
const REMEMBERED = 8;

export interface Waiting {
  words: string;
  share: number | null;
  /** The background work that can be cancelled; null: there is none. */
  job: string | null;
}

export class Refused extends Error {}

export class Source {
  private readonly known = new Map<string, Sky>();
  private readonly carried: Sky | null;

  constructor(private readonly address: string, carried: Scene | null) {
    this.carried = carried && ready(carried);
  }

  get live(): boolean {
    return this.carried === null;
  }

  /** The scene that was asked for before; null: it has to be asked for. */
  have(query: string): Sky | null {
    return this.carried ?? this.known.get(query) ?? null;
  }

  /** Ask for a scene; `waiting` is told what it waits for. Throws `Refused` with what the server says. */
  async get(query: string, signal: AbortSignal, waiting: (said: Waiting) => void): Promise<Sky> {
    const had = this.have(query);
    if (had) return had;
    for (;;) {
      const answer = await fetch(this.address + (query ? `?${query}` : ""), { signal, headers: { Accept: "application/json" } });
      if (answer.status === 202) {
        const said = (await answer.json()) as { waiting: string; share: number | null; job: string | number | null };
        waiting({ words: said.waiting, share: said.share, job: said.job === null ? null : String(said.job) });
        await pause(AGAIN, signal);
        continue;
      }
      if (!answer.ok) throw new Refused(await refusal(answer));
      const sky = ready((await answer.json()) as Scene);
      this.known.set(query, sky);
      if (this.known.size > REMEMBERED) this.known.delete(this.known.keys().next().value!);
      return sky;
    }
  }
}

/** Cancel background work. */
export async function cancel(job: string): Promise<void> {
  try {
    await fetch(`/api/v1/jobs/${encodeURIComponent(job)}`, { method: "DELETE" });
  } catch {
    // It has no server to go on with either.
  }
}

async function refusal(answer: Response): Promise<string> {
  try {
    return ((await answer.json()) as { error?: string }).error ?? "The view cannot be shown.";
  } catch {
    return "The view cannot be shown.";
  }
}

function pause(time: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, stopped) => {
    const timer = setTimeout(done, time);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      stopped(new DOMException("stopped", "AbortError"));
    });
  });
}
