/* The literature: the desk where works are screened, and keys for duplicates and conflicts. */

import { Desk } from "./review/desk";
import { passages } from "./review/passages";
import { questions } from "./review/questions";

for (const island of document.querySelectorAll<HTMLElement>("[data-island='screening']")) new Desk(island);
if (document.querySelector("[data-island='questions']")) questions();
for (const island of document.querySelectorAll<HTMLElement>("[data-island='passages']")) passages(island);
