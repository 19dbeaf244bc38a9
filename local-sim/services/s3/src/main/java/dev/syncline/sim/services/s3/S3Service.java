// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Permissions;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.PageRules;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.s3.resources.BucketPolicyResource;
import dev.syncline.sim.services.s3.resources.BucketResource;
import java.util.List;

/**
 * Amazon S3: general purpose buckets and versions of objects, held in memory, of one owner.
 * Behaviour: the S3 API reference. Thread-safe.
 */
public final class S3Service extends RoomService implements ResourceProvider {
  private final S3Components components;

  /**
   * The service, without buckets.
   *
   * @param context its account owns everything, and its region is where every bucket is
   */
  public S3Service(ServiceContext context) {
    this(new S3Components(context));
  }

  private S3Service(S3Components components) {
    super("s3", "Amazon S3", S3Bindings.PROTOCOL, parts(components));
    this.components = components;
  }

  private static ServiceParts parts(S3Components components) {
    SimClock clock = components.context.clock();
    Ids ids = components.context.ids();
    String account = components.context.account();
    S3Store store = components.store;
    MultipartStore uploads = components.uploads;
    ObjectWriter writer = components.writer;
    return ServiceParts.of(
            new S3State(store, components.lifecycle),
            new BucketOperations(clock, account, components.context.region(), store, uploads)
                .operations(),
            new SettingOperations(ids, account, store, components.lifecycle::reconsider)
                .operations(),
            new NotificationOperations(ids, account, store, components.targets, components.sender)
                .operations(),
            new BucketPolicyOperations(account, store).operations(),
            new AclOperations(account, store).operations(),
            new ConfigurationListOperations(account, store).operations(),
            new ObjectVersionOperations(account, store).operations(),
            new ListingOperations(account, store).operations(),
            new ObjectDeleteOperations(
                    account,
                    store,
                    uploads,
                    () ->
                        components
                            .context
                            .contracts()
                            .find(Permissions.class)
                            .orElse(Permissions.OFF))
                .operations(),
            new ObjectOperations(writer).operations(),
            new ObjectAttributeOperations(account, store).operations(),
            new ObjectTagOperations(account, store).operations(),
            new ObjectCopyOperations(writer).operations(),
            new UploadOperations(writer, ids, uploads).operations(),
            new UploadListOperations(account, store, uploads).operations())
        .with(new S3Access(store, account));
  }

  @Override
  public AwsException throttled() {
    return S3Errors.slowDown();
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new BucketPolicyResource(), new BucketResource());
  }

  @Override
  public List<HttpEndpoint> endpoints() {
    return List.of(components.pages);
  }

  @Override
  public PageRules pageRules() {
    return components.pages;
  }
}
