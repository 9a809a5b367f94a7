// What a campaign may say of Acme; callplan checks it, and editors show it.
const text = { $ref: '../campaign.schema.json#/$defs/lowered' };

export const schema = {
  type: 'object',
  required: ['script'],
  properties: {
    provider: {
      type: 'object',
      additionalProperties: false,
      required: ['type', 'token'],
      properties: {
        type: { description: 'Path of this module.' },
        token: { description: 'Access token.', type: 'string', 'x-secret': true, examples: ['${env.ACME_TOKEN}'] },
        base_url: { description: 'Where the API is.', type: 'string', 'x-url': 'account' },
      },
    },
    script: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      if: { required: ['id'] },
      else: { required: ['title', 'text'] },
      properties: {
        id: { description: 'Id of a script that exists already.', type: 'string', minLength: 1 },
        title: { description: "Name in Acme's dashboard.", type: 'string', examples: ['Brake recall'] },
        text: { description: 'What is said.', allOf: [text], examples: ['Hello {{name}}.'] },
        notes: { description: "Notes in Acme's dashboard.", type: 'string', default: '' },
      },
    },
    call: {
      type: 'object',
      additionalProperties: false,
      'x-refused': { to: 'callplan fills it from recipients.phone', tag: 'callplan fills it with its reference' },
      properties: {
        voice: { description: 'Voice of the speaker.', type: 'string', 'x-template': 'rendered', examples: ['ada'] },
      },
    },
  },
};
