/**
 * Codes of PUMS fields, unpadded, and our words for them. Source: the Census Bureau's data dictionaries of 2017 and 2023
 * (`PUMS_Data_Dictionary_2023.csv`); these codes are the same from 2011 to 2024, `MIL` from 2013 (see `pums-record.ts`).
 */
export type CodeTable = { readonly [code: string]: string };

export const notApplicable = 'Not Applicable';

export const sexes: CodeTable = { '1': 'Male', '2': 'Female' };

/** RAC1P, for people who are not Hispanic; HISP other than 1 is shown as Hispanic or Latino, of any race. */
export const races: CodeTable = {
  '1': 'White alone',
  '2': 'Black or African American alone',
  '3': 'American Indian or Alaska Native alone',
  '4': 'American Indian or Alaska Native alone',
  '5': 'American Indian or Alaska Native alone',
  '6': 'Asian alone',
  '7': 'Native Hawaiian or Other Pacific Islander alone',
  '8': 'Some other race alone',
  '9': 'Two or more races',
};

export const hispanic = 'Hispanic or Latino';

/** SCHL; blank below the age of 3. */
export const education: CodeTable = {
  '1': 'No schooling completed',
  '2': 'Nursery school or preschool',
  '3': 'Kindergarten',
  '4': 'Grade 1',
  '5': 'Grade 2',
  '6': 'Grade 3',
  '7': 'Grade 4',
  '8': 'Grade 5',
  '9': 'Grade 6',
  '10': 'Grade 7',
  '11': 'Grade 8',
  '12': 'Grade 9',
  '13': 'Grade 10',
  '14': 'Grade 11',
  '15': 'Grade 12, no diploma',
  '16': 'High school diploma',
  '17': 'GED or alternative credential',
  '18': 'Some college, less than one year',
  '19': 'Some college, no degree',
  '20': 'Associate degree',
  '21': "Bachelor's degree",
  '22': "Master's degree",
  '23': 'Professional degree',
  '24': 'Doctoral degree',
};

/** ESR; blank below the age of 16. */
export const employment: CodeTable = {
  '1': 'Employed',
  '2': 'Employed, not at work',
  '3': 'Unemployed',
  '4': 'In the armed forces',
  '5': 'In the armed forces, not at work',
  '6': 'Not in labor force',
};

/** Said of code 9 of COW and of code 9920 of INDP and OCCP. */
export const noRecentWork = 'Unemployed, no work in the last five years';

/** COW, of the present job or the last one within five years; blank where there was none. */
export const workerClasses: CodeTable = {
  '1': 'Private for-profit',
  '2': 'Private non-profit',
  '3': 'Local government',
  '4': 'State government',
  '5': 'Federal government',
  '6': 'Self-employed, not incorporated',
  '7': 'Self-employed, incorporated',
  '8': 'Unpaid in family business or farm',
  '9': noRecentWork,
};

/** MAR; code 5 includes everyone under 15. */
export const maritalStatus: CodeTable = {
  '1': 'Married',
  '2': 'Widowed',
  '3': 'Divorced',
  '4': 'Separated',
  '5': 'Never married',
};

/** HHT of the household that the person lives in; blank in group quarters. */
export const households: CodeTable = {
  '1': 'Married couple household',
  '2': 'Family household, male householder, no spouse present',
  '3': 'Family household, female householder, no spouse present',
  '4': 'Lives alone',
  '5': 'Nonfamily household, not living alone',
  '6': 'Lives alone',
  '7': 'Nonfamily household, not living alone',
};

/** TYPEHUGQ; code 1 is a housing unit, whose type HHT tells. */
export const groupQuarters: CodeTable = { '2': 'Institutional group quarters', '3': 'Noninstitutional group quarters' };

/** HUPAC: children in the household; blank in group quarters. */
export const childrenPresent: CodeTable = {
  '1': 'With children under 6 only',
  '2': 'With children 6 to 17 only',
  '3': 'With children under 6 and 6 to 17',
  '4': 'No children',
};

export const citizenship: CodeTable = {
  '1': 'Born in the United States',
  '2': 'Born in a U.S. territory',
  '3': 'Born abroad to American parents',
  '4': 'Naturalized citizen',
  '5': 'Not a citizen',
};

/** MIL in the codes of 2013 and later; blank below the age of 17. */
export const service: CodeTable = {
  '1': 'On active duty',
  '2': 'Veteran',
  '3': 'Training for Reserves or National Guard only',
  '4': 'Not a veteran',
};

export const disability: CodeTable = { '1': 'With a disability', '2': 'None' };

/** DREM, DEYE, DEAR. */
export const yesNo: CodeTable = { '1': 'Yes', '2': 'No' };

/** ENG; blank below the age of 5 and for people who speak only English. */
export const english: CodeTable = { '1': 'Very well', '2': 'Well', '3': 'Not well', '4': 'Not at all' };

export const onlyEnglishSpeaker = 'Speaks only English';

/** HHL; blank in group quarters. */
export const languageGroups: CodeTable = {
  '1': 'English only',
  '2': 'Spanish',
  '3': 'Other Indo-European language',
  '4': 'Asian or Pacific Island language',
  '5': 'Other language',
};

/** FER; blank for men and outside the ages of 15 to 50. Of 2012 some answers were not published (code 8). */
export const births: CodeTable = {
  '1': 'Gave birth in the last year',
  '2': 'No birth in the last year',
  '8': 'Not published',
};
