// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.models.ServiceModel;
import dev.syncline.sim.servicetests.ServiceContractTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

class S3RoomTest extends ServiceContractTest {
  /** Headers that S3 takes on every request, although few operations have them as members. */
  private static final Set<String> GENERAL =
      Set.of(
          "ExpectedBucketOwner",
          "RequestPayer",
          "ContentMD5",
          "ChecksumAlgorithm",
          "ChecksumCRC32",
          "ChecksumCRC32C",
          "ChecksumCRC64NVME",
          "ChecksumSHA1",
          "ChecksumSHA256");

  /** The general headers, and a condition that DeleteObject refuses in S3's words. */
  @Override
  protected Set<String> ownMembers() {
    ServiceModel model = ServiceModel.of("s3");
    var own = new TreeSet<String>();
    own.add("DeleteObject.IfNoneMatch");
    try (var clock = new SimClock(new ClockMode.Manual(), Instant.EPOCH, Duration.ZERO)) {
      for (Operation operation :
          new S3Service(clock, new Ids(1), "123456789012", "us-east-1").operations()) {
        var published =
            model
                .operation(operation.name())
                .input()
                .map(input -> input.members().keySet())
                .orElse(Set.of());
        operation.members().stream()
            .filter(GENERAL::contains)
            .filter(member -> !published.contains(member))
            .forEach(member -> own.add(operation.name() + "." + member));
      }
    }
    return own;
  }
}
