// Owns the bare server: node:http that reads the body, parses its JSON and answers. Nothing can be cheaper in Node.
import { createServer } from 'node:http'

let count = 0

createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const text = Buffer.concat(chunks).toString()
    const { items } = (text === '' ? {} : JSON.parse(text)) as { items?: unknown[] }
    const answer = { status: 'success', order_id: ++count, lines: items?.length ?? 0 }
    const body = JSON.stringify(answer)
    response.writeHead(request.method === 'POST' ? 201 : 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    })
    response.end(body)
  })
}).listen(Number(process.env['PORT']), '127.0.0.1')
