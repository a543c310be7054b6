#!/usr/bin/env node
import module from 'node:module';

// Loads nothing before the version is known to be right: an old Node would fail on a missing module, not on a reason.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 22)) {
  process.stderr.write(
    `evalrun needs Node 22.22 or newer; this is ${process.version}.\n` +
      '  hint: in a project that has evalrun installed, `npx evalrun` runs on the Node that npm installed with it\n',
  );
  process.exitCode = 2;
} else {
  // Compiled code is kept between invocations: a third of the start-up time.
  module.enableCompileCache?.();
  const { main } = await import('./cli.js');
  process.exitCode = await main(process.argv.slice(2));
}
