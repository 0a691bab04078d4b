import { normaliseName } from './package-names.ts';

/** A package that a notebook asks the Python Package Index for. */
export interface Requirement {
  /** Counts from 1. */
  readonly line: number;
  /** As it was typed, without its comment: name, extras, versions and marker. */
  readonly text: string;
  /** As the index compares names. */
  readonly name: string;
}

export interface RequirementProblem {
  readonly line: number;
  /** A sentence: what is wrong and what to do. */
  readonly message: string;
}

export interface ParsedRequirements {
  readonly requirements: readonly Requirement[];
  readonly problems: readonly RequirementProblem[];
}

/** More lines than a notebook needs: each is asked for over the network. */
const mostRequirements = 100;

const namePart = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';
const versionPart = '(?:===|~=|==|!=|<=|>=|<|>)\\s*[A-Za-z0-9](?:[A-Za-z0-9.*+!_-]*[A-Za-z0-9*])?';

/** Name, extras, versions and marker: https://packaging.python.org/en/latest/specifications/dependency-specifiers/ */
const requirementPattern = new RegExp(
  `^(?<name>${namePart})\\s*` +
    `(?:\\[\\s*${namePart}(?:\\s*,\\s*${namePart})*\\s*\\]\\s*)?` +
    `(?:${versionPart}(?:\\s*,\\s*${versionPart})*\\s*)?` +
    `(?:;\\s*[\\w\\s.,'"<>=!~()+*-]+)?$`,
);

/** The first kind that fits a line says what is wrong with it. */
const refusedKinds: readonly { readonly fits: RegExp; readonly message: string }[] = [
  {
    fits: /^(-e\b|--editable\b)/,
    message:
      'An editable install needs a folder on a disk. Build a wheel of it, and add that under “Wheels”.',
  },
  {
    fits: /^(-r\b|-c\b|--requirement\b|--constraint\b)/,
    message: 'Other files are not read from here. Copy their lines into this list.',
  },
  { fits: /^-/, message: 'Options of pip are not understood here. Give the name of a package.' },
  {
    fits: /:\/\/|^git\+| @ /,
    message:
      'An address is not installed from: nothing tells whether it gives the same file tomorrow. Download the wheel, and add it under “Wheels”.',
  },
  {
    fits: /^[./~\\]|[\\/]|^[A-Za-z]:|\.(whl|zip|tar\.gz|tgz)$/i,
    message: 'Files of this computer cannot be read from here. Add the wheel under “Wheels”.',
  },
  {
    fits: /^[^=<>!~;]*[^=<>!~;\s]\s*=\s*[^=\s]/,
    message: 'A version is given with two equals signs, as in six==1.17.0.',
  },
];

/** Reads a list of requirements as it is typed, one a line, with comments after #. */
export function parseRequirements(text: string): ParsedRequirements {
  const requirements: Requirement[] = [];
  const problems: RequirementProblem[] = [];
  for (const [index, typed] of text.split(/\r\n|\r|\n/).entries()) {
    const line = index + 1;
    const content = typed.replace(/(^|\s)#.*$/, '').trim();
    if (content === '') continue;
    const read = readRequirement(content, requirements);
    if ('problem' in read) problems.push({ line, message: read.problem });
    else requirements.push({ line, text: content, name: read.name });
  }
  return { requirements, problems };
}

function readRequirement(
  content: string,
  earlier: readonly Requirement[],
): { readonly name: string } | { readonly problem: string } {
  const refused = refusedKinds.find(({ fits }) => fits.test(content));
  if (refused) return { problem: refused.message };
  const found = requirementPattern.exec(content)?.groups?.['name'];
  if (found === undefined) {
    return {
      problem: `“${content}” is no requirement. Write a name and, if it matters, versions: six>=1.16.`,
    };
  }
  const name = normaliseName(found);
  const same = earlier.find((requirement) => requirement.name === name);
  if (same) return { problem: `${found} is in line ${same.line} already.` };
  if (earlier.length >= mostRequirements)
    return { problem: `More than ${mostRequirements} are not installed.` };
  return { name };
}
