import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

interface Package {
  name: string;
  version: string;
  license?: string;
}

const LICENCE = /^(licen[cs]e|notice|copying)/i;

/** Writes the licence notices of every package that a bundle holds a module of, and fails when one has none. */
export function notices(): Plugin {
  const folders = new Set<string>();
  return {
    name: 'binnacle-notices',
    apply: 'build',
    // The layout's worker is taken as it is, so no bundle names it.
    buildStart() {
      folders.add(join(process.cwd(), 'node_modules/elkjs'));
    },
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk') {
          output.moduleIds.map(packageFolder).forEach((folder) => folder && folders.add(folder));
        } else {
          output.originalFileNames.map((name) => packageFolder(join(process.cwd(), name))).forEach((folder) => folder && folders.add(folder));
        }
      }
      this.emitFile({ type: 'asset', fileName: 'third-party-notices.txt', source: text([...folders]) });
    },
  };
}

/** The innermost folder below node_modules that has a package.json with a version. */
function packageFolder(moduleId: string): string | null {
  const path = moduleId.replace(/^\0/, '').replace(/\?.*$/, '');
  if (!path.includes('/node_modules/')) {
    return null;
  }
  for (let folder = dirname(path); folder.includes('/node_modules/'); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as Package).version) {
      return folder;
    }
  }
  return null;
}

function text(folders: string[]): string {
  const entries = folders
    .map((folder) => ({ folder, about: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package }))
    .sort((a, b) => (a.about.name < b.about.name ? -1 : 1));
  const parts = entries.map(({ folder, about }) => {
    const files = readdirSync(folder).filter((name) => LICENCE.test(name)).sort();
    if (files.length === 0 && !about.license) {
      throw new Error(`${about.name} ${about.version} says nothing about its licence`);
    }
    const body = files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
    return `${about.name} ${about.version} (${about.license ?? 'see below'})\n\n${body || 'The package holds no licence text.'}\n`;
  });
  return `The console holds code of these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
