import { kindName, rateInWords } from '../../vendor/work';
import { counted, money } from '../../ui/format';
import type { LanguageLevel, Need, NeedTerms, SkillLevel } from '../types';

/** What a need asks and pays, in words. */
export function termsInWords({ terms, rates, currency, weekHours }: Need): [string, string][] {
  const asked: [string, string][] = [
    [
      'Skills',
      terms.skills
        .map(({ anyOf }) =>
          anyOf
            .map(({ code, level, verified }) => `${code} (${verified ? 'verified ' : ''}${level})`)
            .join(' or '),
        )
        .join('; '),
    ],
    ['Languages', terms.languages.map(({ tag, level }) => `${tag} at ${level.toUpperCase()}`).join('; ')],
    ['Asks at most', terms.rate ? `${money(terms.rate.maxPerHour, terms.rate.currency)} an hour` : ''],
    ['Hours', terms.hoursPerWeek ? `${counted(terms.hoursPerWeek, 'hour')} a week to give` : ''],
    [
      'Awake together',
      terms.zone
        ? `${counted(terms.zone.overlapHours, 'hour')} between ${clock(terms.zone.from)} and ${clock(terms.zone.to)} of ${terms.zone.zone}`
        : '',
    ],
    ['Has agreed to see', terms.contentClasses.join(', ')],
    ['Has signed', terms.agreements.join(', ')],
    ['Is trained in', terms.training.join(', ')],
  ];
  return [
    ...asked.filter(([, words]) => words !== ''),
    ['Pays', rates.map((rate) => `${kindName(rate.kind)} ${rateInWords(rate, currency)}`).join(' · ')],
    ['Expected', `${counted(weekHours, 'hour')} a week`],
  ];
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const words = (text: string) =>
  text
    .split(/[\s,;]+/)
    .map((word) => word.trim())
    .filter(Boolean);

/** Codes as people type them. */
export const codes = (text: string) => words(text.toLowerCase());

/** `law.contracts:expert! writing`: a level after a colon, an exclamation mark for verified; a bar between alternatives. */
export const readSkills = (text: string): NeedTerms['skills'] =>
  codes(text).map((word) => ({
    anyOf: word.split('|').map((one) => {
      const [code = '', level = 'working'] = one.replace('!', '').split(':');
      return { code, level: level as SkillLevel, verified: one.includes('!') };
    }),
  }));

/** `de:b2 en:native`; without a level: C1. */
export const readLanguages = (text: string): NeedTerms['languages'] =>
  words(text).map((word) => {
    const [tag = '', level = 'c1'] = word.split(':');
    return { tag, level: level.toLowerCase() as LanguageLevel };
  });
