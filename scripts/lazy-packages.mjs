/**
 * An esbuild plugin that lets packages wait: they are bundled into files of their own, each of which is read when something
 * that it exports is first used. Most verbs use none of them, and reading them all would be a third of the start-up time.
 * The code that imports these packages says nothing of it, and runs without this plugin too.
 */
import { build } from 'esbuild';

/** File → packages → what is imported from them. Only functions and classes can wait. */
const files = {
  ajv: { 'ajv/dist/2020.js': ['Ajv2020'], 'ajv-formats': ['default'] },
  distributions: {
    '@stdlib/stats-base-dists-binomial-cdf': ['default'],
    '@stdlib/stats-base-dists-normal-cdf': ['default'],
    '@stdlib/stats-base-dists-normal-quantile': ['default'],
    '@stdlib/stats-base-dists-t-cdf': ['default'],
    '@stdlib/stats-base-dists-t-quantile': ['default'],
  },
  regex: { re2js: ['RE2JS'] },
  tables: { 'cli-table3': ['default'] },
  templates: { liquidjs: ['Liquid'] },
  values: { 'typebox/value': ['Default'] },
};

const fileOf = (name) => Object.keys(files).find((file) => Object.hasOwn(files[file], name));

/** A module with the exports of a package, which stand for those in its file until they are used. */
function standIn(name) {
  const file = fileOf(name);
  const exported = files[file][name].map((one) =>
    one === 'default'
      ? 'export default late((library) => library.default ?? library);'
      : `export const ${one} = late((library) => library.${one});`,
  );
  return `
    const late = (pick) => {
      let picked;
      const own = () => (picked ??= pick(require('../lazy/${file}.cjs')['${name}']));
      return new Proxy(function () {}, {
        apply: (_, self, args) => Reflect.apply(own(), self, args),
        construct: (_, args) => Reflect.construct(own(), args),
        get: (_, key) => own()[key],
      });
    };
    ${exported.join('\n')}`;
}

/** Bundles a file of packages, each under its name. */
async function bundle(file, outdir, options) {
  const lines = Object.keys(files[file]).map((name) => `exports['${name}'] = require('${name}');`);
  await build({
    ...options,
    stdin: { contents: lines.join('\n'), resolveDir: options.absWorkingDir },
    outfile: `${outdir}/lazy/${file}.cjs`,
    bundle: true,
    format: 'cjs',
  });
}

/** @param outdir the folder of the build, whose code goes to `chunks/` in it. The packages go to `lazy/` in it. */
export function lazyPackages(outdir) {
  return {
    name: 'lazy-packages',
    setup({ onResolve, onLoad, onStart, initialOptions }) {
      const { absWorkingDir, platform, target, logLevel } = initialOptions;
      onStart(async () => {
        const options = { absWorkingDir, platform, target, logLevel };
        await Promise.all(Object.keys(files).map((file) => bundle(file, outdir, options)));
      });
      onResolve({ filter: /^[^.]/ }, ({ path, kind }) =>
        kind === 'import-statement' && fileOf(path) !== undefined ? { path, namespace: 'lazy' } : undefined,
      );
      onResolve({ filter: /^\.\.\/lazy\// }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => ({ contents: standIn(path) }));
    },
  };
}
