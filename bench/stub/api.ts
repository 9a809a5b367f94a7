/** Intron's answers from what the stub was sent; see server.ts. */

type Fields = Readonly<Record<string, unknown>>;

type Batch = { readonly id: string; readonly params: readonly Fields[] };

type Workflow = { fields: Fields; readonly batches: Batch[]; readonly byId: Map<string, Batch> };

const workflows = new Map<string, Workflow>();
const made = new Map<string, number>();
const createdAt = new Date().toISOString();
let ids = 0;
/** How the numbers end of those who never answer; empty: everybody does. */
const noAnswer = process.argv[2] ?? '';

/** The body of the answer to one request. */
export function answerOf(method: string, target: string, body: string): unknown {
  if (target === '/made') return takeMade();
  const url = new URL(target, 'http://stub');
  const [, name = '', id = '', listing = ''] = /\/v1\/(\w+)(?:\/([\w-]+))?(?:\/(\w+))?$/.exec(url.pathname) ?? [];
  count(`${method} ${[name, id === '' ? '' : ':id', listing].filter((part) => part !== '').join('/')}`);
  if (name === 'call') return place(parsed(body));
  if (listing !== '') return list(workflowOf(id), listing, url.searchParams);
  if (method === 'GET')
    return ok(id === '' ? [...workflows.values()].map(({ fields }) => fields) : workflowOf(id).fields);
  return write(id, parsed(body));
}

function count(kind: string): void {
  made.set(kind, (made.get(kind) ?? 0) + 1);
}

function takeMade(): unknown {
  const taken = Object.fromEntries([...made].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  made.clear();
  return taken;
}

function write(id: string, fields: Fields): unknown {
  const known = id === '' ? undefined : workflowOf(id);
  if (known !== undefined) {
    known.fields = { ...known.fields, ...fields };
    return ok(known.fields);
  }
  const blank = { description: null, include_reply: false, option_one: null, option_two: null, call_back_url: null };
  const workflow = { fields: { id: newId(), ...blank, ...fields }, batches: [], byId: new Map() };
  workflows.set(workflow.fields.id, workflow);
  return ok(workflow.fields);
}

function place(body: Fields): unknown {
  const workflow = workflowOf(String(body['workflow_id']));
  const batch = { id: newId(), params: body['workflow_params'] as readonly Fields[] };
  workflow.batches.push(batch);
  workflow.byId.set(batch.id, batch);
  return { status: 'success', message: 'batch request created successfully', data: { batch_id: batch.id } };
}

function list(workflow: Workflow, listing: string, query: URLSearchParams): unknown {
  const page = Number(query.get('page') ?? '1');
  const perPage = Number(query.get('per_page') ?? '10');
  const asked = query.get('batch_id');
  const one = asked === null ? undefined : workflow.byId.get(asked);
  const batches = asked === null ? workflow.batches : one === undefined ? [] : [one];
  const all = listing === 'requests' ? batches.map(requestItem) : batches.flatMap(callItems);
  return ok({ items: all.slice((page - 1) * perPage, page * perPage), total: all.length, page, per_page: perPage });
}

function requestItem({ id, params }: Batch): Fields {
  const input = { tts_voice_accent: 'pidgin', tts_voice_gender: 'female', workflow_params: params };
  return { id, status: 'COMPLETED', input_parameters: input, created_at: createdAt };
}

function callItems({ id, params }: Batch): readonly Fields[] {
  return params.map((entry, index) => ({
    id: `${id}-${String(index)}`,
    batch_id: id,
    status: answers(entry['phone_number']) ? 'COMPLETED' : 'NO_ANSWER',
    phone_number: entry['phone_number'],
    user_tag_identifiers: entry['user_tag_identifiers'],
    call_result_duration: 21,
    call_result_options_selected: '1',
    created_at: createdAt,
  }));
}

function answers(phone: unknown): boolean {
  return noAnswer === '' || !String(phone).endsWith(noAnswer);
}

function ok(data: unknown): unknown {
  return { status: 'Ok', message: '', data };
}

function workflowOf(id: string): Workflow {
  const found = workflows.get(id);
  if (found === undefined) throw new Error(`no workflow ${id}`);
  return found;
}

function newId(): string {
  ids += 1;
  return `${ids.toString(16).padStart(8, '0')}-26fb-47fd-b7e7-9d2b47f66630`;
}

function parsed(body: string): Fields {
  return JSON.parse(body) as Fields;
}
