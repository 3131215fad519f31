/*
steps:
  - request: POST /graphql
    headers: { Content-Type: application/json }
    body: '{"query":"query Seen { seen }"}'
  - request: POST /graphql
    headers: { Content-Type: application/json }
    body: '{"query":"query Fails { fails }"}'
  - request: POST /graphql
    headers: { Content-Type: application/json }
    body: '{"query":"query Wrong($a: Int) { seen(a: $a) }","variables":{"a":"text"}}'
  - request: POST /graphql
    headers: { Content-Type: application/json }
    body: '{"query":"query Two($a: Int, $b: Int) { a: seen(a: $a) b: seen(a: $b) }","variables":{"a":"x","b":"y"}}'
*/
const { createServer } = require('node:http');
const { buildSchema, execute, parse, validate } = require('graphql');

const schema = buildSchema('type Query { seen(a: Int): String fails: String }');
const contextValue = Object.freeze({ user: 'ann' });
const rootValue = {
  seen: (_args, context, info) =>
    [context === contextValue, Reflect.ownKeys(context).length, info.operation.name.value, info.rootValue === rootValue].join(' '),
  fails() {
    throw new TypeError('broken');
  },
};
console.log(execute.name, execute.length, parse.name, parse.length, validate.name, validate.length);
console.log(Object.keys(schema.getQueryType().getFields().seen).join());

const server = createServer(async (req, res) => {
  let text = '';
  for await (const chunk of req) text += chunk;
  const { query, variables } = JSON.parse(text);
  const document = parse(query);
  const errors = validate(schema, document);
  const args = { schema, document, rootValue, contextValue, variableValues: variables, options: { maxCoercionErrors: 1 } };
  const result = errors.length > 0 ? { errors } : execute(args);
  console.log(Object.keys(args).join(), result instanceof Promise, typeof schema.getQueryType().getFields().seen.resolve);
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify(result));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
