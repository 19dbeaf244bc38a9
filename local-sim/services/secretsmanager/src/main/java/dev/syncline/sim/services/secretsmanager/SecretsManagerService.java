// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.secretsmanager.resources.SecretResource;
import java.util.List;
import java.util.stream.Stream;

/** AWS Secrets Manager. See the package for what is simulated. Thread-safe. */
public final class SecretsManagerService implements AwsService, ResourceProvider {
  private final SecretStore store;
  private final SecretOperations secrets;
  private final ValueOperations values;
  private final SecretPolicyOperations policies;
  private final SecretTagOperations tags;

  /** The service of one account and region. */
  public SecretsManagerService(SimClock clock, Ids ids, String account, String region) {
    this.store = new SecretStore(clock);
    this.values = new ValueOperations(clock, ids, store);
    this.secrets = new SecretOperations(clock, ids, account, region, store, values);
    this.policies = new SecretPolicyOperations(store);
    this.tags = new SecretTagOperations(store);
  }

  @Override
  public String signingName() {
    return "secretsmanager";
  }

  @Override
  public String title() {
    return "AWS Secrets Manager";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.AwsJson("secretsmanager", "1.1");
  }

  @Override
  public List<Operation> operations() {
    return Stream.of(
            secrets.operations(), values.operations(), policies.operations(), tags.operations())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public ServiceState state() {
    return new SecretsState(store);
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new SecretResource());
  }
}
