// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

class S3RoomTest extends ServiceContractTest {
  /**
   * Headers that S3 takes on every request, and those of SDKs that are no members of the operation.
   * UploadPart with CopySource is UploadPartCopy, which is refused by name.
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
                "DeleteObjects.ChecksumCRC32",
                "DeleteObjects.ChecksumCRC32C",
                "DeleteObjects.ChecksumCRC64NVME",
                "DeleteObjects.ChecksumSHA1",
                "DeleteObjects.ChecksumSHA256",
                "DeleteObjects.ContentMD5",
                "GetBucketLocation.RequestPayer",
                "HeadBucket.RequestPayer",
                "ListBuckets.ExpectedBucketOwner",
                "ListBuckets.RequestPayer",
                "UploadPart.CopySource"));
    for (BucketSetting setting : BucketSetting.values()) {
      for (String digest :
          List.of("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256")) {
        own.add(setting.put() + ".Checksum" + digest);
      }
      List.of(setting.put(), setting.get(), setting.delete())
          .forEach(operation -> own.add(operation + ".RequestPayer"));
    }
    return own;
  }
}
