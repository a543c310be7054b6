const sentences: [RegExp, string][] = [
  [
    /^wilson-neff/,
    'Wilson’s score interval on the effective sample size: as many independent units as would give the variance that was measured between clusters.',
  ],
  [/^wilson(?!-neff)/, 'Wilson’s score interval for a share of independent units.'],
  [
    /^tango/,
    'Tango’s score interval for a paired difference on the effective number of pairs; the p belongs to the same test.',
  ],
  [/^t(\/|$)/, 'Estimate ± t × standard error.'],
  [/^delta-t/, 'Estimate ± t × standard error, of the statistic made linear (delta method).'],
  [
    /^bootstrap-bca/,
    'Clusters are drawn anew with replacement 1,000 times (seeded); bias-corrected and accelerated percentiles, stretched for the number of clusters.',
  ],
  [
    /^mover-r/,
    'A ratio of two means: the interval is recovered from the interval of each mean and from the correlation of the two (MOVER-R, Donner and Zou).',
  ],
  [
    /^profile-t/,
    'All values whose profile likelihood lies close enough to the maximum; how close goes by t and by how much wider clusters make the variance.',
  ],
  [
    /\/noise=/,
    '“noise” is the mean distance at which a perfect model would be found at these numbers of answers, by chance alone.',
  ],
  [/\/repeats(\/|$)/, 'Shares of answers are counted over replies.'],
  [
    /\/logprobs\//,
    'Shares of answers are the probabilities of the options, from the model’s logprobs; “missing” is the mean probability that went to none of them.',
  ],
  [
    /\/by-label=/,
    '“by-label” is the number of answers whose logprobs did not tell; the option that was drawn counts there.',
  ],
  [/\/debiased/, 'What chance adds at these numbers of answers is taken off.'],
  [/-t(\/|$)|^t(\/|$)/, 'Student’s t quantile with the smallest number of clusters less one.'],
  [/\/independent/, 'Units are taken as independent of each other.'],
  [/\/one-way/, 'Units of one cluster are counted as related: the variance is taken between clusters.'],
  [
    /\/two-way/,
    'Units are clustered on two crossed fields: both variances are added and the one of their intersection is taken off, never going below the larger of the two.',
  ],
  [/\/weighted/, 'Units are weighted by how many people they stand for; the variance is that of the weighted mean.'],
  [/\/uneven/, 'Some clusters hold much more than others; the degrees of freedom are lowered for it.'],
  [/^none\/empty/, 'No interval: nothing was scored.'],
  [/^none\/too-few-clusters/, 'No interval: a single cluster says nothing about others.'],
  [/^none\/no-variance/, 'No interval: all units or all resamples agree, which says nothing of how far off they are.'],
  [/^none\/no-base/, 'No interval: the number that is divided by is 0.'],
  [/^none\/not-identified/, 'No interval: the answers do not tell the number.'],
  [/^none\/undefined/, 'No interval: the value does not exist, or not in many of the resamples.'],
];

/** What the name of an interval's method means, in words; empty for a name that says nothing known. */
export function methodWords(method: string): string {
  return sentences
    .filter(([pattern]) => pattern.test(method))
    .map(([, sentence]) => sentence)
    .join(' ');
}
