// What API Gateway does: an event for each request, in payload format 1.0 or 2.0, and a response of what is returned.
import { createServer } from 'node:http';
import process from 'node:process';
import { handler } from './dist/index.mjs';

const { PAYLOAD, PORT } = process.env;
const toEvent = PAYLOAD === '1.0' ? toEvent1 : toEvent2;

createServer(async (req, res) => {
  const chunks = await req.toArray();
  const result = await handler(toEvent(req, Buffer.concat(chunks).toString()), { awsRequestId: 'a-request' });
  const { statusCode, headers, multiValueHeaders, cookies = [], body, isBase64Encoded } = result;
  res.writeHead(statusCode, { ...headers, ...multiValueHeaders, ...(cookies.length > 0 && { 'set-cookie': cookies }) });
  res.end(Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'));
}).listen(Number(PORT), '127.0.0.1');

function toEvent1({ method, url, headers }, body) {
  const { pathname } = new URL(url, 'http://localhost');
  return {
    version: '1.0',
    resource: '/{proxy+}',
    path: pathname,
    httpMethod: method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: pathname.slice(1) },
    stageVariables: null,
    requestContext: { httpMethod: method, path: pathname, stage: '$default', identity: { sourceIp: '127.0.0.1' } },
    body: body === '' ? null : body,
    isBase64Encoded: false,
  };
}

function toEvent2({ method, url, headers: { cookie, ...headers } }, body) {
  const { pathname, search } = new URL(url, 'http://localhost');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers,
    requestContext: {
      domainName: headers.host,
      stage: '$default',
      http: { method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'none' },
    },
    ...(body !== '' && { body }),
    isBase64Encoded: false,
  };
}
