// Opens sealed records with Node's crypto alone: a second reader, written from docs/formats/sealed-record.md without our code.
// Run: node testdata/read.mjs FILE, a file like sealed-record.json, which may leave plaintexts out; prints what it read as JSON.
import { createDecipheriv, createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

const chunkBytes = 16384;
const tagBytes = 16;
const text = (s) => Buffer.from(s, 'utf8');
const id = (s) => Buffer.from(s.replaceAll('-', ''), 'hex');
const u64 = (n) => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(n)); return b; };
const refuse = (why) => { throw new Error(why); };

// Takes bytes off the front of a buffer, and refuses one that is too short.
function reader(buffer) {
  let at = 0;
  const take = (count) => (at + count <= buffer.length ? buffer.subarray(at, (at += count)) : refuse('cut short'));
  return { take, rest: () => take(buffer.length - at) };
}

// c2sp.org/chunked-encryption with SHA-512 and AES-256-GCM.
function openBody(key, context, body) {
  const { take, rest } = reader(body);
  const salt = take(24);
  const commitment = take(32);
  const chunks = rest();
  const info = Buffer.concat([text('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0'), salt, context]);
  const first = createHmac('sha512', key).update(info).update(Buffer.of(1)).digest();
  const second = createHmac('sha512', key).update(first).update(info).update(Buffer.of(2)).digest();
  const derived = Buffer.concat([first, second]);
  if (!derived.subarray(44, 76).equals(commitment)) refuse('another key or context');

  const plain = [];
  for (let number = 0, at = 0, last = false; !last; number++) {
    const chunk = chunks.subarray(at, at + chunkBytes + tagBytes);
    at += chunk.length;
    last = chunk.length < chunkBytes + tagBytes;
    if (chunk.length < tagBytes) refuse('cut short');
    const nonce = Buffer.from(derived.subarray(32, 44));
    u64(number).forEach((byte, i) => { nonce[4 + i] ^= byte; });
    const cipher = createDecipheriv('aes-256-gcm', derived.subarray(0, 32), nonce, { authTagLength: tagBytes });
    cipher.setAuthTag(chunk.subarray(-tagBytes));
    plain.push(cipher.update(chunk.subarray(0, -tagBytes)), cipher.final());
  }

  return Buffer.concat(plain);
}

// The context is made anew from what is asked for, and never taken from the header.
function contextOf(c) {
  const fields = [text('cofferdam/record@1'), Buffer.of(1), id(c.lab), id(c.project), Buffer.of(c.kind), id(c.record), u64(c.version), id(c.key)];
  return Buffer.concat(fields.flatMap((field) => [Buffer.of(field.length), field]));
}

function openRecord(asked, key, sealed) {
  const { take, rest } = reader(sealed);
  if (!take(4).equals(text('CFD1'))) refuse('not a sealed record');
  if (!take(2).equals(Buffer.of(1, 1))) refuse('a version or suite that is not known');
  if (!take(16).equals(id(asked.lab)) || !take(16).equals(id(asked.key))) refuse('of another lab or key');
  const context = contextOf(asked);
  if (!take(take(2).readUInt16BE()).equals(context)) refuse('of another context');
  const body = rest();
  return { plaintext: openBody(key, context, body), contentId: createHash('sha256').update(body).digest() };
}

const attempt = (open) => { try { return open(); } catch (error) { return { refused: error.message }; } };
const file = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const records = file.records.map((record) => attempt(() => {
  const { plaintext, contentId } = openRecord(record.context, Buffer.from(record.projectKey, 'hex'), Buffer.from(record.sealed, 'hex'));
  return { plaintext: plaintext.toString('hex'), contentId: contentId.toString('hex') };
}));
const wrapped = file.wrappedKey && attempt(() => {
  const context = Buffer.concat([text('cofferdam/key-wrap@1\0'), Buffer.from(file.wrappedKey.context, 'hex')]);
  return { key: openBody(Buffer.from(file.wrappedKey.kek, 'hex'), context, Buffer.from(file.wrappedKey.wrapped, 'hex')).toString('hex') };
});
console.log(JSON.stringify({ records, wrapped }));
