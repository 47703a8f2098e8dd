/* Keeping: what a screener says goes to the server, and is acknowledged only when it is committed. */

export interface Kept {
  decision: number | null;
  at: string;
  /** Address of the next work; null: there is none. */
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

/** Send something as JSON; resolves with the answer when it is committed. */
async function sent(address: string, body: object, leaving = false): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      keepalive: leaving,
    });
  } catch {
    throw new NotKept("The workbench does not answer. What you said is sent again until it does; leave this page open.", true);
  }
  if (answer.ok) return answer.json();
  let said = "";
  try {
    said = ((await answer.json()) as { error?: string }).error ?? "";
  } catch {
    // not JSON: the status says it
  }
  if (answer.status === 401 || answer.status === 403) said = "The workbench was started anew and does not know this browser. Open it by the link in the terminal.";
  throw new NotKept(said || `This could not be kept (${answer.status}).`, answer.status >= 500);
}

/** Send what is said of a work. */
export async function post(api: string, said: object, leaving = false): Promise<Kept> {
  return (await sent(api, said, leaving)) as Kept;
}

/** Take a decision back. */
export async function undo(decision: number): Promise<void> {
  await sent("/api/v1/undo", { decision });
}
