// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.s3.resources.BucketResource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Amazon S3: general purpose buckets without versioning, held in memory, of one owner. Behaviour:
 * the S3 API reference. Thread-safe.
 */
public final class S3Service implements AwsService, ResourceProvider {
  private final S3Store store = new S3Store();
  private final List<Operation> operations;

  /**
   * The service, without buckets.
   *
   * @param account 12 digits; the owner of everything
   * @param region where every bucket is
   */
  public S3Service(SimClock clock, Ids ids, String account, String region) {
    var uploads = new MultipartStore();
    this.operations =
        Stream.of(
                new BucketOperations(clock, account, region, store, uploads).operations(),
                new ListingOperations(account, store).operations(),
                new ObjectOperations(clock, account, store).operations(),
                new ObjectCopyOperations(clock, account, store).operations(),
                new UploadOperations(clock, ids, account, store, uploads).operations())
            .flatMap(List::stream)
            .toList();
  }

  @Override
  public String signingName() {
    return "s3";
  }

  @Override
  public String title() {
    return "Amazon S3";
  }

  @Override
  public Protocol protocol() {
    return S3Bindings.PROTOCOL;
  }

  @Override
  public List<Operation> operations() {
    return operations;
  }

  @Override
  public AwsException throttled() {
    return S3Errors.slowDown();
  }

  @Override
  public ServiceState state() {
    return new S3State(store);
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new BucketResource());
  }
}
