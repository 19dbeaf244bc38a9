// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.secretsmanager.resources.SecretResource;
import java.util.List;

/** AWS Secrets Manager. See the package for what is simulated. Thread-safe. */
public final class SecretsManagerService extends RoomService implements ResourceProvider {
  /** The service of one account and region. */
  public SecretsManagerService(SimClock clock, Ids ids, String account, String region) {
    super(
        "secretsmanager",
        "AWS Secrets Manager",
        new Protocol.AwsJson("secretsmanager", "1.1"),
        parts(clock, ids, account, region));
  }

  private static ServiceParts parts(SimClock clock, Ids ids, String account, String region) {
    var store = new SecretStore(clock);
    var values = new ValueOperations(clock, ids, store);
    return ServiceParts.of(
            new SecretsState(store),
            new SecretOperations(clock, ids, account, region, store, values).operations(),
            values.operations(),
            new SecretPolicyOperations(store).operations(),
            new SecretTagOperations(store).operations())
        .with(new SecretsAccess(store));
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new SecretResource());
  }
}
