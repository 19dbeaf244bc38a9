// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.Set;

class S3RoomTest extends ServiceContractTest {
  /**
   * Headers that S3 takes on every request, and those of SDKs that are no members of the operation.
   */
  @Override
  protected Set<String> ownMembers() {
    return Set.of(
        "CompleteMultipartUpload.ChecksumAlgorithm",
        "CompleteMultipartUpload.ContentMD5",
        "CreateBucket.ExpectedBucketOwner",
        "CreateBucket.RequestPayer",
        "DeleteBucket.RequestPayer",
        "DeleteObject.IfNoneMatch",
        "DeleteObjectTagging.RequestPayer",
        "DeleteObjects.ChecksumCRC32",
        "DeleteObjects.ChecksumCRC32C",
        "DeleteObjects.ChecksumCRC64NVME",
        "DeleteObjects.ChecksumSHA1",
        "DeleteObjects.ChecksumSHA256",
        "DeleteObjects.ContentMD5",
        "GetBucketLocation.RequestPayer",
        "GetBucketVersioning.RequestPayer",
        "HeadBucket.RequestPayer",
        "ListBuckets.ExpectedBucketOwner",
        "ListBuckets.RequestPayer",
        "PutBucketVersioning.ChecksumCRC32",
        "PutBucketVersioning.ChecksumCRC32C",
        "PutBucketVersioning.ChecksumCRC64NVME",
        "PutBucketVersioning.ChecksumSHA1",
        "PutBucketVersioning.ChecksumSHA256",
        "PutBucketVersioning.RequestPayer",
        "PutObjectTagging.ChecksumCRC32",
        "PutObjectTagging.ChecksumCRC32C",
        "PutObjectTagging.ChecksumCRC64NVME",
        "PutObjectTagging.ChecksumSHA1",
        "PutObjectTagging.ChecksumSHA256");
  }
}
