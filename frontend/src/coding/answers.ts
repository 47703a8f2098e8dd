/* Answers: what a form of questions says, told and set. The form itself is the only state. */

export const MISSING = "~missing";

/** What is said of a unit: question -> values (none: cannot be told), which are doubted, and the note. */
export interface Answers {
  values: Record<string, string[]>;
  unsure: string[];
  note: string;
}

const questions = (form: ParentNode): HTMLFieldSetElement[] => [...form.querySelectorAll<HTMLFieldSetElement>("fieldset[data-question]")];
const choices = (question: ParentNode): HTMLInputElement[] => [...question.querySelectorAll<HTMLInputElement>(".answers input")];

/** The names of the questions, in order. */
export function namesOf(form: ParentNode): string[] {
  return questions(form).map((one) => one.dataset.question ?? "");
}

export function questionOf(form: ParentNode, name: string): HTMLFieldSetElement | null {
  return questions(form).find((one) => one.dataset.question === name) ?? null;
}

/** Return what a form says now. */
export function read(form: ParentNode): Answers {
  const found: Answers = { values: {}, unsure: [], note: form.querySelector<HTMLTextAreaElement>("textarea[name='note']")?.value ?? "" };
  for (const question of questions(form)) {
    const name = question.dataset.question ?? "";
    const given = choices(question).filter((one) => one.checked).map((one) => one.value);
    if (given.length) found.values[name] = given.includes(MISSING) ? [] : given;
    if (question.querySelector<HTMLInputElement>("[data-unsure]")?.checked) found.unsure.push(name);
  }
  return found;
}

/** Make a form say what was said before; what it does not know is left alone. */
export function fill(form: ParentNode, answers: Answers): void {
  for (const question of questions(form)) {
    const name = question.dataset.question ?? "";
    const given = answers.values[name];
    if (given) for (const one of choices(question)) one.checked = given.length ? given.includes(one.value) : one.value === MISSING;
    const doubt = question.querySelector<HTMLInputElement>("[data-unsure]");
    if (doubt) doubt.checked = answers.unsure.includes(name);
  }
  const note = form.querySelector<HTMLTextAreaElement>("textarea[name='note']");
  if (note) note.value = answers.note;
}

/** Choose an answer: of one-choice questions instead of the other, of several-choice ones in or out. */
export function choose(input: HTMLInputElement): void {
  input.checked = input.type === "radio" || !input.checked;
  settle(input);
}

/** Of several choices, 'cannot be told' stands alone. */
export function settle(input: HTMLInputElement): void {
  const question = input.closest("fieldset");
  if (input.type !== "checkbox" || !input.checked || !question) return;
  for (const other of choices(question)) {
    if (other !== input && (other.value === MISSING || input.value === MISSING)) other.checked = false;
  }
}

/** What was answered to a question, in words; empty: nothing yet. */
export function said(question: HTMLFieldSetElement): string {
  return choices(question)
    .filter((one) => one.checked)
    .map((one) => one.closest("label")?.querySelector(".label")?.textContent ?? "")
    .join(", ");
}
