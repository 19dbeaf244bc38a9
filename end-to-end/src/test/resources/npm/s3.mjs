// Objects by the AWS SDK for JavaScript v3: every checksum, bodies as streams, parts, and errors.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  NoSuchKey,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

const settings = JSON.parse(process.argv[2]);
const s3 = new S3Client({
  endpoint: settings.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  forcePathStyle: true,
  maxAttempts: 1,
});
const Bucket = 'things';
await s3.send(new CreateBucketCommand({ Bucket }));

const body = Buffer.alloc(6 * 1024 * 1024, 'x');
const checksums = [];
for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']) {
  // A stream is sent in chunks, with the checksum in a trailer.
  const put = await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: ChecksumAlgorithm,
      Body: Readable.from([body.subarray(0, 1000), body.subarray(1000)]),
      ContentLength: body.length,
      ChecksumAlgorithm,
    }),
  );
  assert.equal(put.ChecksumType, 'FULL_OBJECT');
  const got = await s3.send(
    new GetObjectCommand({ Bucket, Key: ChecksumAlgorithm, ChecksumMode: 'ENABLED' }),
  );
  assert.equal((await got.Body.transformToByteArray()).length, body.length);
  checksums.push(put['Checksum' + ChecksumAlgorithm] === got['Checksum' + ChecksumAlgorithm]);
}

const at = { Bucket, Key: 'parts' };
at.UploadId = (
  await s3.send(new CreateMultipartUploadCommand({ ...at, ChecksumAlgorithm: 'CRC32C' }))
).UploadId;
const Parts = [];
for (const [PartNumber, Body] of [
  [1, body],
  [2, 'end'],
]) {
  const part = await s3.send(
    new UploadPartCommand({ ...at, PartNumber, Body, ChecksumAlgorithm: 'CRC32C' }),
  );
  Parts.push({ PartNumber, ETag: part.ETag, ChecksumCRC32C: part.ChecksumCRC32C });
}
const done = await s3.send(
  new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts } }),
);
const attributes = await s3.send(
  new GetObjectAttributesCommand({
    Bucket,
    Key: 'parts',
    ObjectAttributes: ['Checksum', 'ObjectParts', 'ObjectSize'],
  }),
);

await s3.send(
  new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
);
const deleted = await s3.send(
  new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'CRC32' }, { Key: 'SHA1' }] } }),
);
const listed = await s3.send(new ListObjectVersionsCommand({ Bucket }));
let refused;
try {
  await s3.send(new GetObjectCommand({ Bucket, Key: 'CRC32' }));
} catch (error) {
  refused = error instanceof NoSuchKey && error.Key;
}

console.log(
  JSON.stringify({
    checksums,
    parts: done.ChecksumType + ' ' + attributes.ObjectParts.Parts.length,
    size: attributes.ObjectSize,
    markers: deleted.Deleted.filter((one) => one.DeleteMarker).length,
    versions: listed.Versions.length + ' ' + listed.DeleteMarkers.length,
    refused,
  }),
);
