import { posix } from 'node:path';
import type { Schema } from '../../campaign/schema.ts';

/**
 * The schema of a file with everything that it refers to in other files under its `$defs`, so that it stands alone:
 * `plan.schema.json#/$defs/place` becomes `#/$defs/plan.place`. `files` holds schemas by their paths in schema/.
 */
export function bundle(file: string, id: string, files: ReadonlyMap<string, Schema>): Schema {
  const { $schema, ...root } = files.get(file) ?? {};
  const bundling: Bundling = { root: file, files, added: new Map() };
  const local = Object(rewrite(root, file, bundling));
  const $defs = { ...local.$defs, ...Object.fromEntries(bundling.added) };
  return { $schema, $id: id, ...local, ...(Object.keys($defs).length > 0 && { $defs }) };
}

type Bundling = {
  /** The file whose own `$defs` keep their names. */
  readonly root: string;
  readonly files: ReadonlyMap<string, Schema>;
  readonly added: Map<string, unknown>;
};

function rewrite(part: unknown, file: string, bundling: Bundling): unknown {
  if (Array.isArray(part)) return part.map((item) => rewrite(item, file, bundling));
  if (typeof part !== 'object' || part === null) return part;
  const members = Object.entries(part).map(([key, member]: [string, unknown]) =>
    key === '$ref' && typeof member === 'string'
      ? [key, localReference(member, file, bundling)]
      : [key, rewrite(member, file, bundling)],
  );
  return Object.fromEntries(members);
}

/** The reference within the bundle; what it leads to is added, unless it is there. */
function localReference(reference: string, from: string, bundling: Bundling): string {
  const [path = '', pointer = ''] = reference.split('#');
  const file = path === '' ? from : posix.join(posix.dirname(from), path);
  if (file === bundling.root) return `#${pointer}`;
  const definition = pointer.replace('/$defs/', '');
  const stem = posix.basename(file, '.schema.json');
  const name = definition === '' ? stem : `${stem}.${definition}`;
  if (!bundling.added.has(name)) {
    bundling.added.set(name, undefined);
    bundling.added.set(name, rewrite(target(file, definition, bundling), file, bundling));
  }
  return `#/$defs/${name}`;
}

/** A definition of a file, or the whole of it without what is only a file's. */
function target(file: string, definition: string, { files }: Bundling): unknown {
  const { $schema: _dialect, $defs, ...whole } = files.get(file) ?? {};
  return definition === '' ? whole : Object($defs)[definition];
}
