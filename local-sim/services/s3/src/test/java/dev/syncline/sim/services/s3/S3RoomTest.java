// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

class S3RoomTest extends ServiceContractTest {
  private static final List<String> DIGESTS =
      List.of("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256");

  /**
   * Headers that S3 takes on every request, and those of SDKs that are no members of the operation.
   * {@code PostForm} says that the port made the request of a form.
   */
  @Override
  protected Set<String> ownMembers() {
    var own =
        new TreeSet<>(
            List.of(
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
                "PutObject.PostForm",
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
                "PutObjectTagging.ChecksumSHA256"));
    for (BucketSetting setting : BucketSetting.values()) {
      if (setting != BucketSetting.REPLICATION) {
        DIGESTS.forEach(digest -> own.add(setting.put() + ".Checksum" + digest));
        own.add(setting.put() + ".RequestPayer");
      }
      List.of(setting.get(), setting.delete())
          .forEach(operation -> own.add(operation + ".RequestPayer"));
    }
    for (String kind : List.of("Analytics", "IntelligentTiering", "Inventory", "Metrics")) {
      own.add("DeleteBucket" + kind + "Configuration.RequestPayer");
      own.add("GetBucket" + kind + "Configuration.RequestPayer");
      own.add("ListBucket" + kind + "Configurations.RequestPayer");
    }
    own.add("GetBucketPolicyStatus.RequestPayer");
    own.add("PutBucketAccelerateConfiguration.ContentMD5");
    own.add("PutBucketLifecycleConfiguration.ContentMD5");
    own.add("PutBucketNotificationConfiguration.ChecksumAlgorithm");
    own.add("PutBucketNotificationConfiguration.ContentMD5");
    // Operations that S3 does not have, and members that these have.
    own.removeAll(
        Set.of(
            "DeleteBucketAccelerateConfiguration.RequestPayer",
            "DeleteBucketAcl.RequestPayer",
            "DeleteBucketLogging.RequestPayer",
            "DeleteBucketNotificationConfiguration.RequestPayer",
            "DeleteBucketRequestPayment.RequestPayer",
            "DeleteObjectLockConfiguration.RequestPayer",
            "GetBucketAccelerateConfiguration.RequestPayer",
            "PutObjectLockConfiguration.RequestPayer"));
    return own;
  }
}
