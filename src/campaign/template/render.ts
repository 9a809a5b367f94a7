import type { RowReason } from '../../model/recipient.ts';
import type { RenderInput, Rendered } from '../../model/template.ts';
import { evaluator, isMissing, isReason } from './evaluate.ts';
import type { Evaluate } from './evaluate.ts';
import type { Part } from './expression.ts';
import { isTrue } from './truth.ts';

type Render = (input: RenderInput) => Rendered;

/** Writes a part as text, or says why not. */
type Write = (input: RenderInput) => string | RowReason;

/** Makes folded parts ready to be rendered. One expression alone keeps a number or a boolean. */
export function renderer(parts: readonly Part[], locale: string): Render {
  const [only, ...more] = parts;
  if (only === undefined) return constant('');
  if (more.length === 0 && only.kind === 'value') return single(evaluator(only.of, locale));
  if (more.length === 0 && only.kind === 'text') return constant(only.text);
  const write = writer(parts, locale);
  return (input) => {
    const text = write(input);
    return typeof text === 'string' ? { kind: 'rendered', value: text } : { kind: 'failed', reason: text };
  };
}

function constant(value: string): Render {
  const rendered: Rendered = { kind: 'rendered', value };
  return () => rendered;
}

function single(evaluate: Evaluate): Render {
  return (input) => {
    const value = evaluate(input);
    return isReason(value) ? { kind: 'failed', reason: value } : { kind: 'rendered', value };
  };
}

function writer(parts: readonly Part[], locale: string): Write {
  const writes = parts.map((part) => partWriter(part, locale));
  return (input) => {
    let text = '';
    for (const write of writes) {
      const piece = typeof write === 'string' ? write : write(input);
      if (typeof piece !== 'string') return piece;
      text += piece;
    }
    return text;
  };
}

function partWriter(part: Part, locale: string): string | Write {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'value': {
      if (part.of.kind === 'constant') return String(part.of.value);
      const evaluate = evaluator(part.of, locale);
      return (input) => {
        const value = evaluate(input);
        return isReason(value) ? value : String(value);
      };
    }
    case 'choice':
      return choice(evaluator(part.when, locale), writer(part.body, locale), writer(part.otherwise, locale));
  }
}

function choice(when: Evaluate, body: Write, otherwise: Write): Write {
  return (input) => {
    const value = when(input);
    if (isMissing(value)) return otherwise(input);
    if (isReason(value)) return value;
    return isTrue(value) ? body(input) : otherwise(input);
  };
}
