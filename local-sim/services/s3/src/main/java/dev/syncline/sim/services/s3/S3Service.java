// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.s3.resources.BucketResource;
import java.util.List;

/**
 * Amazon S3: general purpose buckets and versions of objects, held in memory, of one owner.
 * Behaviour: the S3 API reference. Thread-safe.
 */
public final class S3Service extends RoomService implements ResourceProvider {
  /**
   * The service, without buckets.
   *
   * @param account 12 digits; the owner of everything
   * @param region where every bucket is
   */
  public S3Service(SimClock clock, Ids ids, String account, String region) {
    super("s3", "Amazon S3", S3Bindings.PROTOCOL, parts(clock, ids, account, region));
  }

  private static ServiceParts parts(SimClock clock, Ids ids, String account, String region) {
    var store = new S3Store(clock, ids, ObjectListener.NONE);
    var uploads = new MultipartStore();
    var writer = new ObjectWriter(clock, account, store, new ServerSideEncryption(account, region));
    return ServiceParts.of(
        new S3State(store),
        new BucketOperations(clock, account, region, store, uploads).operations(),
        new SettingOperations(ids, account, store, () -> {}).operations(),
        new PolicyOperations(account, store).operations(),
        new AclOperations(account, store).operations(),
        new ConfigurationListOperations(account, store).operations(),
        new VersionOperations(account, store).operations(),
        new ListingOperations(account, store).operations(),
        new ObjectDeleteOperations(account, store, uploads).operations(),
        new ObjectOperations(writer).operations(),
        new ObjectAttributeOperations(account, store).operations(),
        new ObjectTagOperations(account, store).operations(),
        new ObjectCopyOperations(writer).operations(),
        new UploadOperations(writer, ids, uploads).operations(),
        new UploadListOperations(account, store, uploads).operations());
  }

  @Override
  public AwsException throttled() {
    return S3Errors.slowDown();
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new BucketResource());
  }
}
