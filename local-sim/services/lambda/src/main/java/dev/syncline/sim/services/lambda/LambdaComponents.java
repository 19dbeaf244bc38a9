// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.EnvironmentFactory;
import dev.syncline.sim.lambda.EventInvoker;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.contract.FunctionNotices;
import dev.syncline.sim.service.contract.InvokePermissions;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.contract.QueueConsumers;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.services.lambda.mapping.MappingOperations;
import dev.syncline.sim.services.lambda.mapping.MappingStore;
import dev.syncline.sim.services.lambda.mapping.MappingWorkers;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.Supplier;

/**
 * Creates the parts of the service and connects them. Thread-safe; {@link #close} closes the parts
 * in order.
 */
public final class LambdaComponents implements AutoCloseable {
  final FunctionHost host;
  final CodeLinks links;
  final UrlEndpoint urls;
  final ServiceParts parts;
  final InvokePermissions permissions;
  final FunctionNotices.Kept notices = new FunctionNotices.Kept();
  private final CodeDirectory directory;
  private final CodeStore codes;
  private final MappingStore mappings;

  /**
   * The parts of a service without functions.
   *
   * @param dispatcher calls S3 (for packages), functions, and the destinations of results
   * @param queues a source of event source mappings
   * @param streams a source of event source mappings
   * @param factory starts execution environments; closed with the service
   * @param workDirectory packages are kept in its directory {@code functions}; packages of
   *     simulators that were killed are deleted now, those of this one on {@link #close}
   * @param maxEnvironments the limit of environments over all functions
   * @param proactive whether an environment is started when a function is created, or an alias
   *     points to a version
   * @param endpoint where the simulator listens; the base of the URLs of packages
   * @param access the rules for functions and their callers
   */
  public LambdaComponents(
      SimClock clock,
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
      LogSink logs,
      Supplier<QueueConsumers> queues,
      Supplier<TableStreams> streams,
      EnvironmentFactory factory,
      String account,
      String region,
      Path workDirectory,
      int maxEnvironments,
      boolean proactive,
      Supplier<URI> endpoint,
      FunctionAccess access) {
    var layers = new LayerStore(account, region);
    this.directory = CodeDirectory.claim(workDirectory.resolve("functions"));
    var folders = new LayerDirectories(directory.path());
    var store = new FunctionStore(account, region, ids, folders);
    var teller = new NoticeTeller(clock, journal, logs, notices);
    this.host =
        new FunctionHost(
            clock,
            ids,
            journal,
            factory,
            new FunctionLogs(teller),
            maxEnvironments,
            store::reservedInAll,
            proactive);
    var writer = new ConfigWriter(region);
    this.codes = new CodeStore(directory.path());
    var collector = new CodeCollector(store, host, codes, layers, folders);
    this.links = new CodeLinks(clock, ids, codes, account, endpoint);
    var workers =
        new MappingWorkers(
            clock,
            ids,
            journal,
            dispatcher,
            queues,
            streams,
            account,
            region,
            function -> roleSession(store, function));
    this.mappings = new MappingStore(workers);
    var all = new ArrayList<Operation>();
    var publisher = new VersionPublisher(store, host);
    var source = new CodeSource(codes, dispatcher);
    all.addAll(
        new FunctionOperations(
                clock,
                store,
                source,
                collector,
                host,
                publisher,
                writer,
                new FunctionLayers(
                    layers, new LayerStandIns(access.rules().layers(), codes), collector, folders),
                new FunctionChecks(
                    clock,
                    teller,
                    access.rules(),
                    access.tolerances(),
                    folders,
                    dispatcher,
                    access.roles(),
                    factory))
            .operations());
    all.addAll(new LayerOperations(clock, layers, source, collector, links).operations());
    all.addAll(new LayerPolicyOperations(ids, layers).operations());
    all.addAll(new FunctionUrlOperations(clock, ids, store, region).operations());
    all.addAll(new FunctionQueries(store, writer, links).operations());
    all.addAll(new FunctionVersionOperations(store, publisher, writer).operations());
    var invoke =
        new InvokeOperation(
            clock,
            ids,
            store,
            collector,
            host,
            new EventInvoker(clock, journal, host),
            new EventOutcomes(clock, ids, journal, dispatcher, store, account, region));
    all.add(invoke.operation());
    all.add(new StreamOperation(invoke).operation());
    this.urls =
        new UrlEndpoint(
            clock,
            ids,
            journal,
            store,
            invoke,
            new UrlAuthorization(clock, access, dispatcher, teller, account, region),
            account,
            region);
    all.addAll(new FunctionAliasOperations(store, host).operations());
    var policies = new FunctionPolicyOperations(store);
    all.addAll(policies.operations());
    this.permissions = policies::mayInvoke;
    all.addAll(new SettingsOperations(store, mappings, layers).operations());
    all.addAll(new EventConfigOperations(clock, store).operations());
    all.addAll(new RuntimeSettings(store).operations());
    all.addAll(new ProvisionedConcurrency(clock, store, host).operations());
    all.addAll(
        new MappingOperations(
                clock,
                ids,
                mappings,
                workers,
                reference -> target(store, reference),
                access.tolerances(),
                account,
                region)
            .operations());
    this.parts =
        new ServiceParts(
                all, new LambdaState(store, codes, collector, mappings, host, publisher, layers))
            .with(new LambdaAccess(store, layers));
  }

  private static CallPrincipal roleSession(FunctionStore store, String function) {
    try {
      FunctionRef ref = FunctionRef.parse(function, null);
      return store.roleSession(ref, ref.qualifier());
    } catch (AwsException gone) {
      return CallPrincipal.ANONYMOUS;
    }
  }

  private static MappingOperations.TargetFunction target(FunctionStore store, String reference) {
    FunctionRef ref = FunctionRef.parse(reference, null);
    return store.with(
        ref,
        function ->
            new MappingOperations.TargetFunction(
                function.name, store.resolve(function, ref.qualifier()).timeout()));
  }

  @Override
  public void close() {
    mappings.close();
    host.close();
    codes.close();
    directory.close();
  }
}
