// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.AwsCli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects by boto3 and by the AWS CLI. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3RealClientsTest {
  private static final String BUCKET = "s3://things";

  @TempDir Path work;
  private Simulator simulator;
  private AwsCli aws;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorConfig.defaults(work.resolve("sim"))
                .withPort(0, -1)
                .withClock(new ClockMode.Real()));
    aws = new AwsCli(simulator.endpoint().toString(), "us-east-1", work);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void boto3KeepsVersionsTagsAndSettings() {
    AwsCli.assumeBoto3();
    aws.python(
        """
        import hashlib
        s3 = client('s3', s3={'addressing_style': 'path'})
        s3.create_bucket(Bucket='things')
        s3.put_bucket_versioning(Bucket='things', VersioningConfiguration={'Status': 'Enabled'})
        one = s3.put_object(Bucket='things', Key='k', Body=b'one', Tagging='a=b', Metadata={'m': '1'},
            ServerSideEncryption='aws:kms', BucketKeyEnabled=True, StorageClass='STANDARD_IA')
        assert one['BucketKeyEnabled'] and one['SSEKMSKeyId'].startswith('arn:aws:kms:'), one
        s3.put_object(Bucket='things', Key='k', Body=b'two')
        got = s3.get_object(Bucket='things', Key='k', VersionId=one['VersionId'], ChecksumMode='ENABLED')
        assert got['Body'].read() == b'one' and got['TagCount'] == 1 and got['ChecksumType'] == 'FULL_OBJECT', got
        marker = s3.delete_object(Bucket='things', Key='k')
        assert marker['DeleteMarker'], marker
        refused(lambda: s3.get_object(Bucket='things', Key='k'), 'NoSuchKey')
        refused(lambda: s3.get_object(Bucket='things', Key='k', VersionId=marker['VersionId']), 'MethodNotAllowed')
        pages = list(s3.get_paginator('list_object_versions').paginate(Bucket='things', PaginationConfig={'PageSize': 1}))
        assert sum(len(p.get('Versions', [])) for p in pages) == 2 and len(pages) == 3, pages
        s3.delete_object(Bucket='things', Key='k', VersionId=marker['VersionId'])
        refused(lambda: s3.put_object(Bucket='things', Key='k', Body=b'', IfNoneMatch='*'), 'PreconditionFailed')
        refused(lambda: s3.delete_object(Bucket='things', Key='k', IfMatch='"nope"'), 'PreconditionFailed')
        key = b'k' * 32
        s3.put_object(Bucket='things', Key='own', Body=b'1', SSECustomerAlgorithm='AES256', SSECustomerKey=key)
        refused(lambda: s3.get_object(Bucket='things', Key='own'), 'InvalidRequest')
        assert s3.get_object(Bucket='things', Key='own', SSECustomerAlgorithm='AES256', SSECustomerKey=key)['Body'].read() == b'1'
        for algorithm, kind in [('CRC32', 'COMPOSITE'), ('CRC32', 'FULL_OBJECT'), ('SHA1', 'COMPOSITE'), ('SHA256', 'COMPOSITE')]:
            at = dict(Bucket='things', Key='parts')
            at['UploadId'] = s3.create_multipart_upload(**at, ChecksumAlgorithm=algorithm, ChecksumType=kind)['UploadId']
            parts = []
            for number, content in [(1, b'a' * 5242880), (2, b'b')]:
                part = s3.upload_part(**at, PartNumber=number, Body=content, ChecksumAlgorithm=algorithm)
                parts.append({'PartNumber': number, 'ETag': part['ETag'], 'Checksum' + algorithm: part['Checksum' + algorithm]})
            done = s3.complete_multipart_upload(**at, MultipartUpload={'Parts': parts}, ChecksumType=kind)
            assert done['ChecksumType'] == kind and done['Location'].endswith('/things/parts'), done
            assert s3.head_object(Bucket='things', Key='parts', PartNumber=2)['PartsCount'] == 2
        body = hashlib.sha256(b'x').digest() * 300000
        s3.put_object(Bucket='things', Key='large', Body=body)
        assert s3.get_object(Bucket='things', Key='large')['Body'].read() == body
        print('{}')
        """);
  }

  @Test
  void boto3PresignsUrlsAndForms() {
    AwsCli.assumeBoto3();
    aws.python(
        """
        import urllib.request, urllib.error
        def sent(url, data=None, method='GET', **headers):
            try:
                with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method)) as answer:
                    return answer.status, answer.read().decode()
            except urllib.error.HTTPError as error:
                return error.code, error.read().decode()
        client('s3').create_bucket(Bucket='things')
        for version in ('s3', 's3v4'):
            s3 = client('s3', signature_version=version, s3={'addressing_style': 'path'})
            url = s3.generate_presigned_url('put_object', Params={'Bucket': 'things', 'Key': 'a b+c', 'ContentType': 'text/x'})
            assert sent(url, b'hello', 'PUT', **{'Content-Type': 'text/x'})[0] == 200, url
            status, text = sent(url, b'hello', 'PUT', **{'Content-Type': 'text/y'})
            assert status == 403 and 'SignatureDoesNotMatch' in text, text
            url = s3.generate_presigned_url('get_object', Params={'Bucket': 'things', 'Key': 'a b+c'})
            assert sent(url) == (200, 'hello')
            assert sent(url.replace('ignature=', 'ignature=0'))[0] == 403
            form = s3.generate_presigned_post('things', 'up/${filename}', Conditions=[['content-length-range', 1, 9]])
            def posted(content):
                parts = ''.join('--edge\\r\\nContent-Disposition: form-data; name="%s"\\r\\n\\r\\n%s\\r\\n' % f for f in form['fields'].items())
                parts += '--edge\\r\\nContent-Disposition: form-data; name="file"; filename="n.txt"\\r\\n\\r\\n' + content + '\\r\\n--edge--\\r\\n'
                return sent(form['url'], parts.encode(), 'POST', **{'Content-Type': 'multipart/form-data; boundary=edge'})
            assert posted('posted')[0] == 204
            assert s3.get_object(Bucket='things', Key='up/n.txt')['Body'].read() == b'posted'
            status, text = posted('x' * 10)
            assert status == 400 and 'EntityTooLarge' in text, text
        print('{}')
        """);
  }

  @Test
  void theCliCopiesSynchronizesAndRemoves() throws Exception {
    AwsCli.assumeInstalled();
    Path folder = Files.createDirectories(work.resolve("folder/sub"));
    byte[] big = new byte[9_000_000];
    for (int i = 0; i < big.length; i++) {
      big[i] = (byte) i;
    }
    Files.write(folder.resolve("big.bin"), big);
    Files.writeString(work.resolve("folder/b c.txt"), "two");
    aws.ok("s3", "mb", BUCKET);
    aws.ok("s3", "sync", work.resolve("folder").toString(), BUCKET + "/d");
    aws.ok("s3", "sync", BUCKET + "/d", work.resolve("out").toString());
    assertThat(work.resolve("out/sub/big.bin")).hasBinaryContent(big);
    assertThat(work.resolve("out/b c.txt")).hasContent("two");
    assertThat(aws.ok("s3", "sync", work.resolve("folder").toString(), BUCKET + "/d").out())
        .isBlank();
    aws.ok("s3", "mv", BUCKET + "/d/b c.txt", BUCKET + "/e/moved.txt", "--sse", "aws:kms");
    aws.ok("s3", "cp", BUCKET + "/d/sub/big.bin", BUCKET + "/copy.bin");
    assertThat(aws.ok("s3", "ls", BUCKET, "--recursive").out())
        .contains("9000000 copy.bin", "3 e/moved.txt")
        .doesNotContain("b c.txt");
    aws.ok("s3", "rb", BUCKET, "--force");
    assertThat(aws.ok("s3", "ls").out()).isBlank();
  }
}
