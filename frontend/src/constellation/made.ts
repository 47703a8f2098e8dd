/* A small scene for tests: firms A to F, their alliances by year, ties and numbers counted from these. */

import { ready, type Scene, type Sky } from "./scene";

export type Signed = [year: number | null, partners: number[]];

const NAMES = ["A", "B", "C", "D", "E", "F", "G", "H"];

/** Make a scene of alliances. Firms stand on a line, 100 apart, or where `places` says. */
export function made(signed: readonly Signed[], places?: readonly [number, number][]): Sky {
  const firms = 1 + Math.max(...signed.flatMap(([, partners]) => partners));
  const count = Array.from({ length: firms }, (_, firm) => signed.filter(([, partners]) => partners.includes(firm)).length);
  const weight = new Map<string, number>();
  for (const [, partners] of signed) {
    for (const one of partners) for (const two of partners) if (one < two) weight.set(`${one} ${two}`, (weight.get(`${one} ${two}`) ?? 0) + 1);
  }
  const ties = [...weight].map(([key, much]) => [...key.split(" ").map(Number), much] as [number, number, number]);
  const degree = count.map((_, firm) => ties.filter(([one, two]) => one === firm || two === firm).length);
  const most = Math.max(...count);
  const at = (firm: number): [number, number] => places?.[firm] ?? [100 * firm + 50, 100];
  const scene: Scene = {
    version: 1,
    width: 1200,
    height: 860,
    palette: [["#aaa", "#777"], ["#00f", "#88f"], ["#f00", "#f88"]],
    firms: {
      name: NAMES.slice(0, firms),
      x: count.map((_, firm) => at(firm)[0]),
      y: count.map((_, firm) => at(firm)[1]),
      radius: count.map((much) => Math.max(3, 20 * Math.sqrt(much / most))),
      colour: count.map((_, firm) => firm % 3),
      shape: count.map((_, firm) => firm % 4),
      alliances: count,
      degree,
      value: count,
      rank: count.map((much) => 1 + count.filter((other) => other > much).length),
      community: count.map(() => null),
      text: count.map((much, firm) => `${much} alliances, ${degree[firm] ?? 0} partners; OEM`),
    },
    ties: {
      source: ties.map(([one]) => one),
      target: ties.map(([, two]) => two),
      weight: ties.map(([, , much]) => much),
      width: ties.map(([, , much]) => 0.6 + Math.log2(much)),
      opacity: ties.map(() => 0.3),
      colour: ties.map(() => -1),
    },
    alliances: {
      id: signed.map((_, row) => `id-${row}`),
      name: signed.map((_, row) => `Alliance ${row}`),
      year: signed.map(([year]) => year),
      partners: signed.map(([, partners]) => partners),
    },
    labels: [],
    legend: { colours: [{ text: "OEM", colour: 1 }], shapes: [], sizes: [], title: { colours: "Type", shapes: "", sizes: "Alliances" } },
    sizing: { measure: "alliances", largest: 20, smallest: 3, most },
    pens: { least: 0.6, step: 1, most: 5 },
    years: [2018, 2019, 2020, 2021, 2022, 2023],
    words: "",
    communities: [],
    digest: "",
  };
  return ready(scene);
}
