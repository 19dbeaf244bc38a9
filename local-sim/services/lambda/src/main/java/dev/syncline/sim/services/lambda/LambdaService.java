// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.EnvironmentFactory;
import dev.syncline.sim.lambda.EventInvoker;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.InvokePermissions;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.contract.QueueConsumers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.lambda.mapping.EventSourceMappings;
import dev.syncline.sim.services.lambda.resources.AliasResource;
import dev.syncline.sim.services.lambda.resources.EventInvokeConfigResource;
import dev.syncline.sim.services.lambda.resources.EventSourceMappingResource;
import dev.syncline.sim.services.lambda.resources.FunctionResource;
import dev.syncline.sim.services.lambda.resources.PermissionResource;
import dev.syncline.sim.services.lambda.resources.VersionResource;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * AWS Lambda: functions from zip packages on the Java runtimes, versions, aliases, permissions, and
 * invocations. Other runtimes, layers, images and networks are refused by name.
 *
 * <p>Thread-safe. Closing it ends every execution environment and deletes what packages were
 * unpacked.
 */
public final class LambdaService implements AwsService, ResourceProvider {
  private final FunctionHost host;
  private final CodeDirectory directory;
  private final CodeStore codes;
  private final CodeLinks links;
  private final EventSourceMappings mappings;
  private final List<Operation> operations;
  private final ServiceState state;
  private final InvokePermissions permissions;

  /**
   * The service without functions.
   *
   * @param dispatcher the way to S3, for code that lies there, and to where results go
   * @param queues what event source mappings read
   * @param factory how functions run; closed with the service
   * @param workDirectory where packages are kept, in {@code functions}; what simulators left there
   *     that were killed is deleted now, and what this one puts there in the end
   * @param maxEnvironments how many environments there may be at once, over all functions
   * @param proactive whether an environment is started as soon as a function is created, or an
   *     alias points to a version
   * @param endpoint where the simulator listens; the addresses of packages lead there
   */
  public LambdaService(
      SimClock clock,
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
      LogSink logs,
      Supplier<QueueConsumers> queues,
      EnvironmentFactory factory,
      String account,
      String region,
      Path workDirectory,
      int maxEnvironments,
      boolean proactive,
      Supplier<URI> endpoint) {
    var store = new FunctionStore(account, region, ids);
    this.host =
        new FunctionHost(
            clock,
            ids,
            journal,
            factory,
            logs::append,
            maxEnvironments,
            store::reservedInAll,
            proactive);
    var writer = new ConfigWriter(region);
    this.directory = CodeDirectory.claim(workDirectory.resolve("functions"));
    this.codes = new CodeStore(directory.path());
    var collector = new CodeCollector(store, host, codes);
    this.links = new CodeLinks(clock, ids, codes, account, endpoint);
    this.mappings =
        new EventSourceMappings(
            clock, ids, dispatcher, reference -> target(store, reference), queues, account, region);
    var all = new ArrayList<Operation>();
    var publisher = new VersionPublisher(store, host);
    var source = new CodeSource(codes, dispatcher);
    all.addAll(
        new FunctionOperations(clock, store, source, collector, host, publisher, writer)
            .operations());
    all.addAll(new FunctionQueries(store, writer, links).operations());
    all.addAll(new VersionOperations(store, publisher, writer).operations());
    all.add(
        new InvokeOperation(
                clock,
                ids,
                store,
                collector,
                host,
                new EventInvoker(clock, journal, host),
                new EventOutcomes(clock, ids, journal, dispatcher, store, account, region))
            .operation());
    all.addAll(new AliasOperations(store, host).operations());
    var policies = new PolicyOperations(store);
    all.addAll(policies.operations());
    this.permissions = policies::mayInvoke;
    all.addAll(new SettingsOperations(store, mappings).operations());
    all.addAll(new EventConfigOperations(clock, store).operations());
    all.addAll(new RuntimeSettings(store).operations());
    all.addAll(new ProvisionedConcurrency(clock, store, host).operations());
    all.addAll(mappings.operations());
    this.operations = List.copyOf(all);
    this.state = new LambdaState(store, codes, collector, mappings, host, publisher);
  }

  private static EventSourceMappings.TargetFunction target(FunctionStore store, String reference) {
    FunctionRef ref = FunctionRef.parse(reference, null);
    return store.with(
        ref,
        function ->
            new EventSourceMappings.TargetFunction(
                function.name, store.resolve(function, ref.qualifier()).timeout()));
  }

  @Override
  public String signingName() {
    return "lambda";
  }

  @Override
  public String title() {
    return "AWS Lambda";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.RestJson();
  }

  @Override
  public List<Operation> operations() {
    return operations;
  }

  @Override
  public ServiceState state() {
    return state;
  }

  /** Decides by the functions' resource policies. */
  public InvokePermissions permissions() {
    return permissions;
  }

  @Override
  public AwsException throttled() {
    return new AwsException(
        "TooManyRequestsException",
        429,
        "Rate Exceeded.",
        Map.of("Reason", "CallerRateLimitExceeded", "Type", "User"));
  }

  /** How many execution environments there are now. */
  public int environments() {
    return host.environments();
  }

  @Override
  public void close() {
    mappings.close();
    host.close();
    codes.close();
    directory.close();
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(
        new AliasResource(),
        new EventInvokeConfigResource(),
        new EventSourceMappingResource(),
        new FunctionResource(),
        new PermissionResource(),
        new VersionResource());
  }

  @Override
  public List<HttpEndpoint> endpoints() {
    return List.of(links);
  }
}
