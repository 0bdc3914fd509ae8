/** Moments in words, in English and French alike: "tomorrow 9am", "dans 3 jours", "lundi 14h30". */

/** So far off a moment may lie: the server takes none beyond. */
export const LONGEST = 5 * 365 * 86_400_000;
const MORNING = 9;
const AFTERNOON = 14;
const EVENING = 18;

const DAYS = [
  ["sunday", "sun", "dimanche", "dim"],
  ["monday", "mon", "lundi", "lun"],
  ["tuesday", "tue", "tues", "mardi", "mar"],
  ["wednesday", "wed", "mercredi", "mer"],
  ["thursday", "thu", "thur", "thurs", "jeudi", "jeu"],
  ["friday", "fri", "vendredi", "ven"],
  ["saturday", "sat", "samedi", "sam"],
];
const MONTHS = [
  ["january", "jan", "janvier", "janv"],
  ["february", "feb", "fevrier", "fevr", "fev"],
  ["march", "mar", "mars"],
  ["april", "apr", "avril", "avr"],
  ["may", "mai"],
  ["june", "jun", "juin"],
  ["july", "jul", "juillet", "juil"],
  ["august", "aug", "aout"],
  ["september", "sep", "sept", "septembre"],
  ["october", "oct", "octobre"],
  ["november", "nov", "novembre"],
  ["december", "dec", "decembre"],
];
type Unit = "minute" | "hour" | "day" | "week" | "month" | "year";
const UNITS: [Unit, RegExp][] = [
  ["minute", /^(m|min|mins|minutes?|mn)$/],
  ["hour", /^(h|hrs?|hours?|heures?)$/],
  ["day", /^(d|j|days?|jours?)$/],
  ["week", /^(w|s|wk|wks|weeks?|sem|semaines?)$/],
  ["month", /^(mo|mos|months?|mois)$/],
  ["year", /^(y|years?|ans?|annees?)$/],
];
const NUMBERS = [
  ["zero"],
  ["one", "a", "an", "un", "une"],
  ["two", "deux"],
  ["three", "trois"],
  ["four", "quatre"],
  ["five", "cinq"],
  ["six"],
  ["seven", "sept"],
  ["eight", "huit"],
  ["nine", "neuf"],
  ["ten", "dix"],
];
/** Words that say nothing by themselves. */
const FILLERS =
  /\b(on|at|the|this|coming|by|until|till|le|la|l|a|ce|cet|cette|vers|pour|jusqu|au|du)\b/g;

type Time = { hour: number; minute: number };

function at(day: Date, time: Time | null, hour = MORNING): Date {
  const moment = new Date(day);
  moment.setHours(time?.hour ?? hour, time?.minute ?? 0, 0, 0);
  return moment;
}

function plusDays(day: Date, days: number): Date {
  const moment = new Date(day);
  moment.setDate(moment.getDate() + days);
  return moment;
}

/** A month later the 31st may not exist: then it is the month's last day. */
function plusMonths(day: Date, months: number): Date {
  const moment = new Date(day);
  moment.setMonth(moment.getMonth() + months);
  if (moment.getDate() !== day.getDate()) moment.setDate(0);
  return moment;
}

/** The next such day of the week, never today. */
function weekday(now: Date, wanted: number): Date {
  return plusDays(now, ((wanted - now.getDay() + 6) % 7) + 1);
}

function indexIn(names: string[][], word: string | undefined): number {
  return word === undefined ? -1 : names.findIndex((one) => one.includes(word));
}

function numberOf(word: string): number | null {
  if (/^\d{1,3}$/.test(word)) return Number(word);
  const named = indexIn(NUMBERS, word);
  return named < 0 ? null : named;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[’']/g, " ")
    .replace(/[,;!?]/g, " ")
    .replace(/([a-z])\.(?= |$)/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

const TIMES: [RegExp, (match: RegExpMatchArray) => Time | null][] = [
  [/\b(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)\b/, ([, hour, minute, half]) => clock(hour, minute, half)],
  [/\b(\d{1,2}):(\d{2})\b/, ([, hour, minute]) => clock(hour, minute)],
  [
    /(?<!\b(?:in|dans) )\b(\d{1,2}) ?h(?:eures?)? ?(\d{2})?\b/,
    ([, hour, minute]) => clock(hour, minute),
  ],
  [/\b(?:at|a|vers) (\d{1,2})\b(?! ?[/-])/, ([, hour, minute]) => clock(hour, minute)],
  [/\b(?:noon|midday|(?<!apres[ -])midi)\b/, () => ({ hour: 12, minute: 0 })],
  [/\b(?:morning|matin|matinee)\b/, () => ({ hour: MORNING, minute: 0 })],
  [/\b(?:afternoon|apres[ -]midi)\b/, () => ({ hour: AFTERNOON, minute: 0 })],
  [/\b(?:evening|soir|soiree)\b/, () => ({ hour: EVENING, minute: 0 })],
];

const PARTS =
  /\b(morning|matin|matinee|afternoon|apres[ -]midi|evening|soir|soiree)\b|^\s*tonight\b/;
const LATE = /\b(afternoon|apres[ -]midi|evening|soir|soiree|tonight)\b/;

function clock(hour = "", minute = "0", half = ""): Time | null {
  let hours = Number(hour);
  const minutes = Number(minute);
  if (half === "pm" && hours < 12) hours += 12;
  if (half === "am" && hours === 12) hours = 0;
  return hours < 24 && minutes < 60 ? { hour: hours, minute: minutes } : null;
}

/** "in 3 days", "dans une semaine", "3d", "2 h". */
function distance(text: string, now: Date, time: Time | null): Date | null {
  const match = /^(?:in |dans )?(\d{1,3}|[a-z]+) ?([a-z]+)$/.exec(text);
  if (!match) return null;
  const count = numberOf(match[1] ?? "");
  const unit = UNITS.find(([, pattern]) => pattern.test(match[2] ?? ""))?.[0];
  if (count === null || !unit) return null;
  if (unit === "minute" || unit === "hour") {
    if (time) return null;
    return new Date(now.getTime() + count * (unit === "hour" ? 3_600_000 : 60_000));
  }
  if (unit === "day") return at(plusDays(now, count), time);
  if (unit === "week") return at(plusDays(now, 7 * count), time);
  return at(plusMonths(now, unit === "year" ? 12 * count : count), time);
}

/** "12 march", "march 12 2027", "1er mars", "12/3", "2027-03-12". */
function dated(text: string, now: Date, time: Time | null): Date | null {
  let day: number;
  let month: number;
  let year: number | null = null;
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const slashed = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/.exec(text);
  const words = /^(?:[a-z]+ )?(\d{1,2})(?:st|nd|rd|th|er)? (?:of )?([a-z]+)\.?(?: (\d{4}))?$/.exec(
    text,
  );
  const american = /^([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?$/.exec(text);
  if (iso) [year, month, day] = [Number(iso[1]), Number(iso[2]) - 1, Number(iso[3])];
  else if (slashed) {
    [day, month] = [Number(slashed[1]), Number(slashed[2]) - 1];
    if (slashed[3]) year = Number(slashed[3]) + (slashed[3].length === 2 ? 2000 : 0);
  } else if (words && indexIn(MONTHS, words[2]) >= 0) {
    [day, month] = [Number(words[1]), indexIn(MONTHS, words[2])];
    if (words[3]) year = Number(words[3]);
  } else if (american && indexIn(MONTHS, american[1]) >= 0) {
    [day, month] = [Number(american[2]), indexIn(MONTHS, american[1])];
    if (american[3]) year = Number(american[3]);
  } else return null;
  const moment = at(new Date(year ?? now.getFullYear(), month, day), time);
  if (moment.getMonth() !== month || moment.getDate() !== day) return null;
  if (year === null && moment <= now) moment.setFullYear(moment.getFullYear() + 1);
  return moment;
}

const NEXT = /^next | prochaine?$|^prochaine? /;

function named(text: string, now: Date, time: Time | null): Date | null {
  if (/^(today|aujourd hui|auj|tonight)$/.test(text)) {
    const hour = text === "tonight" ? EVENING : Math.max(now.getHours() + 1, MORNING);
    return hour > 23 && !time ? null : at(now, time, hour);
  }
  if (/^(tomorrow|tmrw|tmr|tom|demain)$/.test(text)) return at(plusDays(now, 1), time);
  if (/^(day after tomorrow|overmorrow|apres[ -]demain)$/.test(text))
    return at(plusDays(now, 2), time);
  if (/^(later|plus tard)( today| aujourd hui)?$/.test(text)) return time ? null : laterToday(now);
  if (/^(week[ -]?end|fin de semaine)$/.test(text.replace(NEXT, "")))
    return at(weekday(now, 6), time);
  if (/^(next week|semaine prochaine|prochaine semaine)$/.test(text))
    return at(weekday(now, 1), time);
  if (/^(next month|mois prochain|prochain mois)$/.test(text))
    return at(new Date(now.getFullYear(), now.getMonth() + 1, 1), time);
  if (/^(next year|annee prochaine|an prochain)$/.test(text))
    return at(new Date(now.getFullYear() + 1, 0, 1), time);
  if (/^(end of (day|today)|fin de( la)? journee|eod)$/.test(text)) return at(now, time, EVENING);
  if (/^(end of (week|work)|fin de( la)? semaine|eow)$/.test(text))
    return at(weekday(now, 5), time, EVENING);
  if (/^(end of month|fin( de)? mois|eom)$/.test(text))
    return at(new Date(now.getFullYear(), now.getMonth() + 1, 0), time);
  const day = indexIn(DAYS, text.replace(NEXT, "").trim());
  return day < 0 ? null : at(weekday(now, day), time);
}

/** Three hours on, at a full hour, or null where that is tomorrow already. */
export function laterToday(now: Date): Date | null {
  const moment = new Date(now.getTime() + 3 * 3_600_000);
  if (moment.getMinutes() >= 30) moment.setHours(moment.getHours() + 1);
  moment.setMinutes(0, 0, 0);
  return moment.getDate() === now.getDate() ? moment : null;
}

/** What somebody means by these words, or null: always a moment to come. */
export function understood(words: string, from: number): number | null {
  const now = new Date(from);
  let text = plain(words);
  if (!text) return null;
  const apart = distance(text, now, null);
  if (apart) return apart > now && apart.getTime() <= from + LONGEST ? apart.getTime() : null;
  let time: Time | null = null;
  for (const [pattern, read] of TIMES) {
    const match = pattern.exec(text);
    if (!match) continue;
    time = read(match);
    if (!time) return null;
    text = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
    break;
  }
  if (time && PARTS.test(text)) {
    // "ce soir à 8 h" names the part of the day and the hour.
    if (time.hour < 12 && LATE.test(text)) time = { ...time, hour: time.hour + 12 };
    text = text.replace(PARTS, (part) => (part.trim() === "tonight" ? "today" : " "));
  }
  const bare = text.replace(FILLERS, " ").replace(/\s+/g, " ").trim();
  let found: Date | null;
  if (!bare) found = time && at(now, time);
  else
    found =
      dated(bare, now, time) ??
      named(bare, now, time) ??
      distance(bare, now, time) ??
      distance(text, now, time);
  if (!found) return null;
  // An hour that is over today is tomorrow's.
  if (found <= now && !bare) found = plusDays(found, 1);
  return found > now && found.getTime() <= from + LONGEST ? found.getTime() : null;
}

export type Preset = "later" | "evening" | "tomorrow" | "weekend" | "week" | "month";

/** What is mostly meant, as moments; those that make no sense now are left out. */
export function presets(from: number): [Preset, number][] {
  const now = new Date(from);
  const all: [Preset, Date | null][] = [
    ["later", laterToday(now)],
    ["evening", now.getHours() < EVENING - 3 ? at(now, null, EVENING) : null],
    ["tomorrow", at(plusDays(now, 1), null)],
    ["weekend", now.getDay() === 5 ? null : at(weekday(now, 6), null)],
    ["week", now.getDay() === 0 ? null : at(weekday(now, 1), null)],
    ["month", at(plusMonths(now, 1), null)],
  ];
  return all.flatMap(([name, moment]) =>
    moment ? [[name, moment.getTime()] as [Preset, number]] : [],
  );
}
