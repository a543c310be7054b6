// The standard normal's 99.5th percentile: 99 of 100 draws lie within it on both sides.
const ninetyNine = 2.5758293035489;

/** Between which shares a category of a given true share comes out in 99 of 100 draws of so many people (normal approximation). */
export function chanceRange(share: number, people: number): [low: number, high: number] {
  const half = people > 0 ? ninetyNine * Math.sqrt((share * (1 - share)) / people) : 1;
  return [Math.max(0, share - half), Math.min(1, share + half)];
}

/** True where a drawn share lies outside of what chance explains. */
export function isOutside(population: number, drawn: number, people: number): boolean {
  const [low, high] = chanceRange(population, people);
  // One person more or less is no finding, however small the category.
  const person = people > 0 ? 1 / people : 1;
  return drawn < low - person || drawn > high + person;
}
