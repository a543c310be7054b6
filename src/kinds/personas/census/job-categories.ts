/**
 * Sector group of an industry and major group of an occupation. The dictionaries' labels carry a prefix (`MFG-Beverage`),
 * which tells the category in every year. Where no label is known, the code's range tells it.
 *
 * Ranges: the lowest code of each prefix in the data dictionaries of 2017 and 2023 (industry codes of 2012 and 2017), of
 * 2023 (occupation codes of 2018), and in one that still had the occupation codes before 2010; a category reaches to the
 * code before the next one. Names: NAICS sectors and SOC major groups in our words.
 */
interface JobCategory {
  prefix: string;
  /** Lowest code. */
  from: number;
  name: string;
}

const industries: readonly JobCategory[] = [
  { prefix: 'AGR', from: 170, name: 'Agriculture, forestry, fishing and hunting' },
  { prefix: 'EXT', from: 370, name: 'Mining, quarrying, and oil and gas extraction' },
  { prefix: 'UTL', from: 570, name: 'Utilities' },
  { prefix: 'CON', from: 770, name: 'Construction' },
  { prefix: 'MFG', from: 1070, name: 'Manufacturing' },
  { prefix: 'WHL', from: 4070, name: 'Wholesale trade' },
  { prefix: 'RET', from: 4670, name: 'Retail trade' },
  { prefix: 'TRN', from: 6070, name: 'Transportation and warehousing' },
  { prefix: 'INF', from: 6470, name: 'Information' },
  { prefix: 'FIN', from: 6870, name: 'Finance, insurance and real estate' },
  { prefix: 'PRF', from: 7270, name: 'Professional, scientific, management and administrative services' },
  { prefix: 'EDU', from: 7860, name: 'Education' },
  { prefix: 'MED', from: 7970, name: 'Health care' },
  { prefix: 'SCA', from: 8370, name: 'Social assistance' },
  { prefix: 'ENT', from: 8560, name: 'Arts, entertainment, recreation, accommodation and food services' },
  { prefix: 'SRV', from: 8770, name: 'Other services' },
  { prefix: 'ADM', from: 9370, name: 'Public administration' },
  { prefix: 'MIL', from: 9670, name: 'Military' },
];

const occupations: readonly JobCategory[] = [
  { prefix: 'MGR', from: 10, name: 'Management' },
  { prefix: 'BUS', from: 500, name: 'Business operations' },
  { prefix: 'FIN', from: 800, name: 'Financial operations' },
  { prefix: 'CMM', from: 1000, name: 'Computer and mathematical' },
  { prefix: 'ENG', from: 1300, name: 'Architecture and engineering' },
  { prefix: 'SCI', from: 1600, name: 'Life, physical and social science' },
  { prefix: 'CMS', from: 2000, name: 'Community and social service' },
  { prefix: 'LGL', from: 2100, name: 'Legal' },
  { prefix: 'EDU', from: 2200, name: 'Education, training and library' },
  { prefix: 'ENT', from: 2600, name: 'Arts, design, entertainment, sports and media' },
  { prefix: 'MED', from: 3000, name: 'Healthcare practitioners and technicians' },
  { prefix: 'HLS', from: 3600, name: 'Healthcare support' },
  { prefix: 'PRT', from: 3700, name: 'Protective service' },
  { prefix: 'EAT', from: 4000, name: 'Food preparation and serving' },
  { prefix: 'CLN', from: 4200, name: 'Building and grounds cleaning and maintenance' },
  { prefix: 'PRS', from: 4300, name: 'Personal care and service' },
  { prefix: 'SAL', from: 4700, name: 'Sales' },
  { prefix: 'OFF', from: 5000, name: 'Office and administrative support' },
  { prefix: 'FFF', from: 6000, name: 'Farming, fishing and forestry' },
  { prefix: 'CON', from: 6200, name: 'Construction' },
  { prefix: 'EXT', from: 6800, name: 'Extraction' },
  { prefix: 'RPR', from: 7000, name: 'Installation, maintenance and repair' },
  { prefix: 'PRD', from: 7700, name: 'Production' },
  { prefix: 'TRN', from: 9000, name: 'Transportation and material moving' },
  { prefix: 'MIL', from: 9800, name: 'Military' },
];

/** Code of INDP and OCCP for people out of work for five years or longer. */
export const unemployedCode = '9920';

function categoryOf(list: readonly JobCategory[], code: string, label: string | undefined): string | undefined {
  const named = label && list.find((category) => label.startsWith(`${category.prefix}-`));
  if (named) return named.name;
  const number = Number(code);
  if (!Number.isInteger(number) || number >= Number(unemployedCode)) return undefined;
  return list.findLast((category) => category.from <= number)?.name;
}

/** Sector group of an industry, by the label's prefix, else by the code's range; undefined where neither tells it. */
export const industryCategory = (code: string, label?: string): string | undefined =>
  categoryOf(industries, code, label);

/** Major group of an occupation, by the label's prefix, else by the code's range; undefined where neither tells it. */
export const occupationCategory = (code: string, label?: string): string | undefined =>
  categoryOf(occupations, code, label);
