#!/usr/bin/env node
/**
 * Where Node starts. It checks Node's version before it imports anything that may need a newer one, and answers
 * `--version` without loading the rest; so it has no static import, and nothing in it is younger than Node 14.
 */
const oldestNode = 22;

const [first, ...rest] = process.argv.slice(2);

if (Number.parseInt(process.versions.node, 10) < oldestNode) refuse();
else if (first === '--version' && rest.length === 0) void printVersion();
else void start();

function refuse(): void {
  process.stderr.write(
    `callplan needs Node.js 24 or newer (${oldestNode} works, and warns about its SQLite); ` +
      `this is ${process.versions.node}. Run it with a Node of its own, beside yours:\n\n` +
      '  npx -p node@24 callplan ...\n' +
      '  npm install node@24, once in the project; then npx callplan ...\n\n' +
      'or install a newer one from https://nodejs.org/en/download or with your version manager.\n',
  );
  process.exitCode = 64;
}

async function printVersion(): Promise<void> {
  const { version } = await import('./version.ts');
  process.stdout.write(`${version}\n`);
}

async function start(): Promise<void> {
  if (!isSomewhere()) {
    process.stderr.write(
      'callplan: the folder that you are in is not there any more\n\nNext: cd to the folder of your campaigns\n',
    );
    process.exitCode = 8;
    return;
  }
  const { boundYoungGeneration } = await import('./system/young-generation.ts');
  // Before the rest, whose loading fills it.
  boundYoungGeneration();
  const [{ main }, { systemWorld }] = await Promise.all([import('./cli/main.ts'), import('./system/world.ts')]);
  process.exitCode = await main(process.argv.slice(2), systemWorld());
}

function isSomewhere(): boolean {
  try {
    return process.cwd() !== '';
  } catch {
    return false;
  }
}
