import { sha256 } from '../../model/digest.ts';
import type { Recipient } from '../../model/recipient.ts';

/** What tells a changed row from an unchanged one: 128 bits, as hex. */
export type InputsDigest = {
  /** Number, zone, times, columns and variables: frozen with the first attempt. */
  readonly inputs: string;
  /** Options of the call: never frozen. */
  readonly call: string;
};

/** For one list: its rows have equal columns and mostly equal options, and a million of them are looked at. */
export function digester(): (recipient: Recipient) => InputsDigest {
  const printRow = printer();
  const printVariables = printer();
  let callText: string | undefined;
  let call = '';
  return (recipient) => {
    const { phone, zone, notBeforeMs, notAfterMs, row, variables } = recipient;
    const times = JSON.stringify([phone, zone, notBeforeMs, notAfterMs]);
    const text = JSON.stringify(recipient.call);
    if (text !== callText) {
      callText = text;
      call = digest(text);
    }
    return { inputs: digest(`${times}${printRow(row)}${printVariables(variables)}`), call };
  };
}

/** Prints maps in the order of their names, so that columns may change places. */
function printer(): (map: Readonly<Record<string, unknown>>) => string {
  let names: readonly string[] = [];
  let order: readonly string[] = [];
  let head = '[]';
  return (map) => {
    const found = Object.keys(map);
    if (!isSame(found, names)) {
      names = found;
      order = found.toSorted();
      head = JSON.stringify(order);
    }
    return head + JSON.stringify(order.map((name) => map[name]));
  };
}

function digest(text: string): string {
  return sha256(text).slice(0, 32);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
