const sentences: [RegExp, string][] = [
  [
    /wilson.*neff|neff.*wilson/,
    'Wilson’s score interval on the effective sample size: as many independent units as would give the variance that was measured between clusters.',
  ],
  [/^wilson(?!.*neff)/, 'Wilson’s score interval for a share of independent units.'],
  [/clopper|exact/, 'Exact interval from the binomial distribution.'],
  [/bootstrap/, 'Percentiles of a seeded bootstrap over clusters.'],
  [/mcnemar/, 'McNemar’s exact test on the pairs that changed.'],
  [/paired|diff/, 'Computed on the differences of matched cells, never on two independent samples.'],
  [
    /two[-_]?way/,
    'Cells are clustered on two crossed fields: both variances are added and the one of their intersection is taken off, never going below the larger of the two.',
  ],
  [/one[-_]?way|clustered/, 'Cells of one cluster are counted as related: the variance is taken between clusters.'],
  [/independent|srs|unclustered/, 'Cells are taken as independent of each other.'],
  [/(^|[-_/])t($|[-_/])/, 'Student’s t quantile with the smallest number of clusters less one.'],
  [/(^|[-_/])z($|[-_/])|normal/, 'Quantile of the normal distribution.'],
  [/hajek|weighted/, 'Weighted mean (Hájek) with its linearised variance.'],
];

/** What the name of an interval's method means, in words; empty for a name that says nothing known. */
export function methodWords(method: string): string {
  return sentences
    .filter(([pattern]) => pattern.test(method))
    .map(([, sentence]) => sentence)
    .join(' ');
}
