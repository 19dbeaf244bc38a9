// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.RoleSessions;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.contract.InvokePermissions;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.contract.TokenChecks;
import dev.syncline.sim.service.contract.YamlDocuments;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.services.apigateway.mapping.MappingTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The stores, the data plane and the operations of the room, wired together. Thread-safe. */
public final class ApiGatewayComponents {
  final RestApiStore store = new RestApiStore();
  final UsagePlans plans = new UsagePlans();
  final HttpEndpoint endpoint;
  private final SimClock clock;
  private final Ids ids;
  private final Dispatcher dispatcher;
  private final LambdaAuthorizers authorizers;
  private final Supplier<YamlDocuments> yaml;
  private final TestInvokeOperations tests;

  /**
   * Components without APIs.
   *
   * @param dispatcher calls Lambda, and IAM and STS for the roles of integrations
   * @param permissions says which functions it may invoke
   * @param logs takes access and execution logs of stages that ask for them
   * @param backends the hosts that integrations may call
   * @param tokens verifies tokens of user pools
   * @param yaml reads OpenAPI documents in YAML
   * @param keys whose signatures are verified
   * @param unknownKeys whether other keys may sign too
   * @param account 12 digits
   * @param region the region of every API
   */
  public ApiGatewayComponents(
      SimClock clock,
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
      InvokePermissions permissions,
      LogSink logs,
      IntegrationBackends backends,
      Supplier<TokenChecks> tokens,
      Supplier<YamlDocuments> yaml,
      Supplier<AccessKeys> keys,
      boolean unknownKeys,
      String account,
      String region) {
    this.clock = clock;
    this.ids = ids;
    this.dispatcher = dispatcher;
    this.yaml = yaml;
    var roles =
        new RoleCredentials(
            ids,
            new RoleSessions(
                clock, dispatcher, RoleCredentials.PRINCIPAL, RoleCredentials.SESSION));
    var functions = new IntegrationFunctions(clock, ids, journal, dispatcher, permissions, roles);
    this.authorizers = new LambdaAuthorizers(clock, functions, new PoolAuthorizer(tokens));
    var integrations =
        new Integrations(
            new LambdaIntegration(functions),
            new AwsIntegration(clock, ids, journal, dispatcher, roles, backends.send()),
            new HttpIntegration(
                clock, ids, journal, backends.served(), backends.send(), backends.allowed()),
            new MappingTemplates());
    this.tests =
        new TestInvokeOperations(clock, ids, store, integrations, authorizers, account, region);
    this.endpoint =
        new GatewayEndpoint(
            clock,
            ids,
            journal,
            store,
            plans,
            new ApiCallers(store, dispatcher, keys, unknownKeys),
            authorizers,
            integrations,
            new GatewayLogs(clock, new AccountLogs(store, logs)),
            account,
            region);
  }

  List<Operation> operations() {
    var all = new ArrayList<Operation>();
    var apis = new RestApiOperations(clock, ids, store, plans);
    all.addAll(apis.operations());
    all.addAll(new OpenApiOperations(ids, store, apis, dispatcher, authorizers, yaml).operations());
    all.addAll(new ResourceOperations(ids, store).operations());
    all.addAll(new MethodOperations(store).operations());
    all.addAll(new IntegrationOperations(store, new IntegrationRules(dispatcher)).operations());
    all.addAll(new DeploymentOperations(clock, ids, store, plans).operations());
    all.addAll(tests.operations());
    all.addAll(new ModelOperations(ids, store).operations());
    all.addAll(new RequestValidatorOperations(ids, store).operations());
    all.addAll(new AuthorizerOperations(ids, store, authorizers).operations());
    all.addAll(new GatewayResponseOperations(store).operations());
    all.addAll(new GatewayApiKeyOperations(clock, ids, plans).operations());
    all.addAll(new UsagePlanOperations(ids, store, plans).operations());
    return List.copyOf(all);
  }
}
